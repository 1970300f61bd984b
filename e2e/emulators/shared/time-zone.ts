/** The time zone's name without Intl, which alone would cost 8 MB of memory: many idle emulations shall be cheap. */
import fs from 'node:fs';

export function timeZone(): string {
  if (process.env.TZ) return process.env.TZ;
  try {
    return /zoneinfo\/(.+)$/.exec(fs.readlinkSync('/etc/localtime'))?.[1] ?? 'Etc/UTC';
  } catch {
    return 'Etc/UTC';
  }
}
