import 'server-only';
import { en } from '../../domain/text/en';
import { formatBytes, formatDuration, plainText } from '../../domain/text/format';
import type { Message } from '../../domain/text/message';

/** Words of documents: a document is read later and elsewhere, so its times are whole and in UTC. */
export const wording = (now: number) => ({
  say: (m: Message) => plainText(m, en, { now, zone: 'UTC' }),
  time: (at: number) => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
  duration: formatDuration,
  bytes: formatBytes,
});
