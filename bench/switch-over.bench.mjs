import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundled } from './bundle.mjs';

export const title = 'The switch-over: downtime and copying';
export const what =
  'Emulated Controllers in containers on a real Docker Engine of its own; a whole run with all its checks, against what a person would type. Medians of five pairs, each pair in the same minute.';

const root = resolve(import.meta.dirname, '..');
/** `BENCH_2GB=1` measures 2 GB too (about 10 GB of disk, some minutes); `BENCH_PAIRS` and `BENCH_SIZES` make it shorter. */
const sizes = process.env.BENCH_SIZES?.split(',') ?? ['2MB', '200MB', ...(process.env.BENCH_2GB ? ['2GB'] : [])];

export async function run() {
  const out = await bundled(
    'bench-switch-over',
    ['measure', 'handover'].map((n) => join(import.meta.dirname, `switch-over/${n}.ts`)),
  );
  try {
    const { measure } = await import(pathToFileURL(join(out, 'measure.mjs')).href);
    return await measure({
      sizes,
      pairs: Number(process.env.BENCH_PAIRS ?? 5),
      two: process.env.BENCH_TWO !== '0',
      program: join(out, 'handover.mjs'),
      root,
    });
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
