import 'server-only';
import pino, { type DestinationStream, type Logger } from 'pino';

const SECRET = ['password', 'oldPassword', 'passwordHash', 'key', 'privateKey', 'clientKey', 'code', 'cookie', 'authorization', 'secret'];

/** JSON lines on stderr. Whatever is called like a secret is cut, two levels deep. */
export const createLog = (level: string, to: DestinationStream = pino.destination({ fd: 2, sync: true })): Logger =>
  pino({ level, base: null, redact: { paths: SECRET.flatMap((s) => [s, `*.${s}`, `*.*.${s}`]), censor: '(secret)' } }, to);
