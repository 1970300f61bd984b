/** Where the running Handover is, and by what right the command line speaks to it: both lie in the data folder of the server. */
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { EXIT, Stop } from './exit';

export interface Connection {
  /** Without a slash at the end. */
  readonly address: string;
  readonly token: string;
  readonly as: string;
}
export interface ConnectOptions {
  readonly data?: string;
  readonly url?: string;
  readonly as?: string;
}

const HOW =
  'Start it with `npm start` (or its container). If it uses another data folder, name it: handover --data FOLDER, or HANDOVER_DATA.';

/** Throws Stop (unreachable) where no Handover has left its address and token. */
export function connect(o: ConnectOptions, env: Readonly<Record<string, string | undefined>>): Connection {
  const data = resolve(o.data ?? (env.HANDOVER_DATA || 'data'));
  const address = o.url ?? (env.HANDOVER_URL || noted(data));
  if (!/^https?:\/\/\S+$/.test(address)) throw new Stop(EXIT.usage, `"${address}" is not an address such as http://127.0.0.1:3000.`);
  return { address: address.replace(/\/+$/, ''), token: read(data, 'cli-token').trim(), as: o.as ?? osUser() };
}

function noted(data: string): string {
  const text = read(data, 'server.json');
  try {
    return String((JSON.parse(text) as { address: unknown }).address);
  } catch {
    throw nobody(data);
  }
}

function read(data: string, name: string): string {
  try {
    return readFileSync(join(data, name), 'utf8');
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== 'EACCES') throw nobody(data);
    throw new Stop(EXIT.refused, `${join(data, name)} may not be read by this user.`, 'Run `handover` as the user that runs Handover.');
  }
}

export const nobody = (where: string): Stop => new Stop(EXIT.unreachable, `No Handover runs on ${where}.`, HOW, true);

function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    // In a container the user may have a number only.
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}
