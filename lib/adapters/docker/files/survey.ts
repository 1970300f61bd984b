import 'server-only';
import type { FileEntry } from '../../../ports/engine';
import type { Survey } from '../../../ports/moving';
import { entriesFrom } from './entries';

/** What the script SURVEY printed; undefined where it is not whole. */
export function surveyFrom(output: Buffer): Survey | undefined {
  let at = 0;
  const line = (): string | undefined => {
    const end = output.indexOf('\n', at);
    if (end < 0) return undefined;
    const text = output.toString('utf8', at, end);
    at = end + 1;
    return text;
  };
  const bytes = (length: number): Buffer | undefined => {
    if (at + length > output.length) return undefined;
    at += length;
    return output.subarray(at - length, at);
  };
  const folder = (): readonly FileEntry[] | 'absent' | undefined => {
    const word = line();
    const end = output.indexOf('//\n', at);
    if (end < 0) return undefined;
    const text = output.toString('utf8', at, end);
    at = end + 3;
    if (word === 'absent') return 'absent';
    return word === 'there' ? entriesFrom(`${text}\0`) : undefined;
  };

  const [state, beside] = [folder(), folder()];
  if (!state || !beside) return undefined;
  const newest: Survey['newest'][number][] = [];
  for (let next = line(); next !== '.'; next = line()) {
    const found = /^(\S+) (\d+) (\d+) (\d+)$/.exec(next ?? '');
    if (!found) return undefined;
    const [size, headBytes, tailBytes] = found.slice(2).map(Number) as [number, number, number];
    const [head, tail] = [bytes(headBytes), bytes(tailBytes)];
    if (!head || !tail) return undefined;
    const whole = headBytes === size;
    newest.push({
      name: found[1] as string,
      bytes: size,
      head: head.toString('utf8'),
      tail: (whole ? head : tail).toString('utf8'),
      whole,
    });
  }
  const texts: Survey['texts'][number][] = [];
  for (let next = line(); next !== 'end'; next = line()) {
    const size = /^text (\d+)$/.exec(next ?? '')?.[1];
    const content = size === undefined ? undefined : bytes(Number(size));
    if (next !== 'absent' && !content) return undefined;
    texts.push(content ?? 'absent');
  }
  return at === output.length ? { state, beside, newest, texts } : undefined;
}
