/** Text for a terminal: messages of the catalogue, tables, and what other sides may have put into names. */
import { en } from '../domain/text/en';
import { plainText } from '../domain/text/format';
import type { Message } from '../domain/text/message';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
/** Control characters of a name, a log line or a reason must not steer the terminal. */
export const clean = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
export const say = (message: Message): string => clean(plainText(message, en, { now: Date.now(), zone }));
export const when = (at: number): string => say({ key: '{at}', params: { at: { as: 'time', value: at } } });
export const lasting = (ms: number): string => say({ key: '{ms}', params: { ms: { as: 'duration', value: ms } } });
export const size = (bytes: number): string => say({ key: '{n}', params: { n: { as: 'bytes', value: bytes } } });

/** Columns as wide as their widest cell, two spaces apart; the last one runs free. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows].map((r) => r.map(clean));
  const width = head.map((_, i) => Math.max(...all.map((r) => (r[i] ?? '').length)));
  return all
    .map((r) =>
      r
        .map((cell, i) => (i === head.length - 1 ? cell : cell.padEnd(width[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
