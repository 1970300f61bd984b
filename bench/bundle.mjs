// TypeScript of the tests' worlds (real Docker Engines, pairs of containers) for benches, which are plain JavaScript.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '..');

/** Bundles `entries` (absolute paths) as .mjs files into `.tmp/NAME`; the folder is the caller's to remove. `define`: as esbuild's, for what asks where it lies. */
export async function bundled(name, entries, define = {}) {
  const out = join(root, '.tmp', name);
  mkdirSync(out, { recursive: true });
  await build({
    entryPoints: entries,
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    define: { 'import.meta.dirname': JSON.stringify(join(root, 'e2e/docker')), ...define },
    plugins: [
      {
        name: 'server-only',
        setup: ({ onResolve, onLoad }) => {
          onResolve({ filter: /^server-only$/ }, () => ({ path: 'server-only', namespace: 'empty' }));
          onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: '' }));
        },
      },
    ],
  });
  return out;
}
