import 'server-only';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../ports/clock';
import type { Session } from './session';

/** Names of the files in the data folder that `handover` reads: the address as JSON, and the token alone. */
const NOTE = 'server.json';
const TOKEN = 'cli-token';
const SESSION_MS = 12 * 3_600_000;

/**
 * The way in for the command line: whoever may read the data folder proves it with a token that lives as long as this process. It acts as an
 * operator; settings and accounts stay closed to it.
 */
export interface CommandLine {
  /** The session of a request that bears the token; undefined for all others, which may still have a cookie. */
  session(headers: Headers): Session | undefined;
  close(): void;
}

/** Writes token (mode 0600) and address into the data folder. Throws where it cannot. */
export function openCommandLine(o: { dataDir: string; address: string; clock: Clock }): CommandLine {
  const token = randomBytes(32).toString('base64url');
  const put = (name: string, text: string): void => {
    const temporary = join(/*turbopackIgnore: true*/ o.dataDir, `.${name}.${process.pid}`);
    rmSync(temporary, { force: true });
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
    renameSync(temporary, join(/*turbopackIgnore: true*/ o.dataDir, name));
  };
  put(TOKEN, `${token}\n`);
  put(NOTE, `${JSON.stringify({ address: o.address, pid: process.pid })}\n`);
  const right = digest(token);
  return {
    session(headers) {
      const given = /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
      if (given === undefined || !timingSafeEqual(digest(given), right)) return undefined;
      const name = `${nameOf(headers)} (command line)`;
      const now = o.clock.now();
      const account = { name, role: 'operator', passwordHash: '', createdAt: now, generation: 0 } as const;
      return { id: 'command-line', account, endsAt: now + SESSION_MS, due: false };
    },
    close() {
      for (const name of [TOKEN, NOTE]) rmSync(join(/*turbopackIgnore: true*/ o.dataDir, name), { force: true });
    },
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Who says to be there; it is written down, and proves nothing. Encoded as in a URL, for headers are ASCII. */
function nameOf(headers: Headers): string {
  const given = headers.get('handover-as') ?? '';
  try {
    return decodeURIComponent(given).replace(/\p{C}/gu, '').trim().slice(0, 64) || 'somebody';
  } catch {
    return 'somebody';
  }
}
