import 'server-only';
/** Where two files of one name part: the start of the first line that differs. Found by hashes of ever smaller ranges, then by reading one block of each. */
import type { Side } from './journal-sides';
import { join } from './look';

const BLOCK = 64 * 1024;
/** So many ranges are hashed at a time: four rounds reach one block in a terabyte. */
const WAYS = 64;

/** Undefined where it could not be read. 0 = they differ from the first line on. */
export async function partingOffset(a: Side, b: Side, name: string, bytes: number): Promise<number | undefined> {
  let [from, to] = [0, bytes];
  while (to - from > BLOCK) {
    const size = Math.max(BLOCK, Math.ceil((to - from) / WAYS));
    const ranges = Array.from({ length: Math.ceil((to - from) / size) }, (_, i) => ({
      from: from + i * size,
      to: Math.min(to, from + (i + 1) * size),
    }));
    const [ha, hb] = await Promise.all([hashes(a, name, ranges), hashes(b, name, ranges)]);
    const first = ha && hb ? ranges.find((_, i) => ha[i] !== hb[i]) : undefined;
    if (!first) return undefined;
    ({ from, to } = first);
  }
  // A line may have begun before this block: the whole one before it is read too.
  const start = Math.max(0, from - BLOCK);
  const [x, y] = await Promise.all([block(a, name, start, to), block(b, name, start, to)]);
  if (!x || !y) return undefined;
  let at = 0;
  while (at < x.length && x[at] === y[at]) at += 1;
  const line = at === 0 ? -1 : x.lastIndexOf(0x0a, at - 1);
  return line < 0 ? (start === 0 ? 0 : undefined) : start + line + 1;
}

async function hashes(s: Side, name: string, ranges: readonly { from: number; to: number }[]): Promise<readonly string[] | undefined> {
  if (!s.engine || s.path === undefined) return undefined;
  const path = join(s.path, name);
  const made = await s.engine.moving(s.name).hashRanges(ranges.map((r) => ({ path, ...r })));
  return made.ok ? made.value : undefined;
}

async function block(s: Side, name: string, from: number, to: number): Promise<Buffer | undefined> {
  if (!s.engine || s.path === undefined) return undefined;
  const stream = await s.engine.files(s.name).read(join(s.path, name), { offset: from, length: to - from });
  if (!stream.ok) return undefined;
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream.value as AsyncIterable<Buffer>) chunks.push(chunk);
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}
