/**
 * The rehearsal world has no Docker DNS: its containers are processes on one machine. EMULATED_NETWORK names a JSON file that stands for it,
 * `{"js7-primary:4444": "127.0.0.1:15444", …}`: who can be reached under which name and inside port now. It is read again for every connection. As in a
 * Docker network, a name that is not in it is an unknown host, and another port of a name that is there refuses. `localhost` and addresses are left alone.
 */
import fs from 'node:fs';
import type { RequestOptions } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';

const failing = (code: string, text: string): LookupFunction => {
  return (_host, _options, done) => process.nextTick(done, Object.assign(new Error(text), { code }), '', 4);
};

/** Options that lead a request to where the name stands. `Host` and the name in the certificate stay those of the address. */
export function toName(url: string, file: string | undefined): RequestOptions {
  if (file === undefined) return {};
  const { hostname, port, protocol, host } = new URL(url);
  const name = hostname.replace(/^\[|\]$/g, '');
  if (isIP(name) || name === 'localhost') return {};
  const inside = port || (protocol === 'https:' ? '443' : '80');
  const known = namesIn(file);
  const at = known[`${name}:${inside}`];
  if (at !== undefined) {
    const colon = at.lastIndexOf(':');
    return { host: at.slice(0, colon), hostname: at.slice(0, colon), port: at.slice(colon + 1), servername: name, headers: { host } };
  }
  const there = Object.keys(known).some((n) => n.startsWith(`${name}:`));
  return {
    lookup: there
      ? failing('ECONNREFUSED', `connect ECONNREFUSED ${name}:${inside}`)
      : failing('ENOTFOUND', `getaddrinfo ENOTFOUND ${name}`),
  };
}

function namesIn(file: string): Readonly<Record<string, string>> {
  try {
    const told: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
    return told !== null && typeof told === 'object' ? (told as Record<string, string>) : {};
  } catch {
    return {};
  }
}
