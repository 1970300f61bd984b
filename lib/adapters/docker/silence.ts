import 'server-only';
import { TimeLimit } from './problems';

/** The promise's outcome, or TimeLimit when it takes longer than `ms`. */
export async function inTime<T>(asked: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeLimit(ms)), ms);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The same chunks, broken off with TimeLimit when none comes for `ms`: an engine that hangs keeps its connections open. */
export async function* unlessSilent<T>(source: AsyncIterable<T>, ms: number): AsyncGenerator<T> {
  const from = source[Symbol.asyncIterator]();
  try {
    for (let next = await inTime(from.next(), ms); !next.done; next = await inTime(from.next(), ms)) yield next.value;
  } finally {
    // Not awaited: it may hang as well.
    void from.return?.();
  }
}
