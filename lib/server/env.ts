import 'server-only';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const list = z.string().transform((v) =>
  v
    .split(',')
    .map((h) => h.trim().toLowerCase())
    .filter(Boolean),
);
/** An address or a network in CIDR. */
function isNetwork(entry: string): boolean {
  const [address = '', bits, ...more] = entry.split('/');
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return more.length === 0 && most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
}
const networks = list.refine((all) => all.every(isNetwork), 'must be addresses or networks such as 172.18.0.0/16, separated by commas');
const origin = z
  .string()
  .regex(/^https?:\/\/[^/\s]+\/?$/, 'must be an origin such as https://handover.example.com')
  .transform((v) => new URL(v).origin);

const Schema = z.object({
  HANDOVER_DATA: z.string().default('data'),
  HANDOVER_REHEARSAL: z.enum(['off', 'on']).default('off'),
  HANDOVER_KEY_FILE: z.string().optional(),
  HANDOVER_ORIGIN: origin.optional(),
  HANDOVER_TRUSTED_HOSTS: list.default([]),
  HANDOVER_TRUSTED_PROXY: networks.optional(),
  HANDOVER_RETENTION_DAYS: z.coerce.number().int().min(0).max(36_500).default(30),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOSTNAME: z.string().default('127.0.0.1'),
  NODE_ENV: z.string().default('production'),
});

export interface Env {
  readonly dataDir: string;
  readonly keyFile: string;
  readonly rehearsal: boolean;
  /** Public origin, where a proxy in front changes it (TLS). */
  readonly origin?: string;
  /** Names that may stand in the Host header beside addresses and localhost. */
  readonly trustedHosts: readonly string[];
  /** Addresses and networks of the proxies that are believed when they name a caller. */
  readonly trustedProxies: readonly string[];
  /** So long a retired journal is held at least. */
  readonly retentionDays: number;
  readonly logLevel: string;
  readonly production: boolean;
  /** Where a person finds this Handover. */
  readonly address: string;
  /** Where a program on this machine finds it, whatever stands in front. */
  readonly localAddress: string;
  /** Cookies only over TLS. */
  readonly secure: boolean;
}

/** Who listens on all addresses listens on these too. */
const LOOPBACK: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };

/** Reads the environment once. Throws with every wrong variable named. Empty = not set. */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const parsed = Schema.safeParse(Object.fromEntries(Object.entries(source).filter(([, v]) => v !== undefined && v !== '')));
  if (!parsed.success) throw new Error(parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('\n'));
  const e = parsed.data;
  const dataDir = resolve(/* turbopackIgnore: true */ e.HANDOVER_DATA);
  const secure = e.HANDOVER_ORIGIN?.startsWith('https:') ?? false;
  const shownHost = isIP(e.HOSTNAME) === 6 ? `[${e.HOSTNAME}]` : e.HOSTNAME;
  return {
    dataDir,
    keyFile: resolve(/* turbopackIgnore: true */ e.HANDOVER_KEY_FILE ?? join(dataDir, 'key')),
    rehearsal: e.HANDOVER_REHEARSAL === 'on',
    trustedHosts: [...e.HANDOVER_TRUSTED_HOSTS, ...(isIP(e.HOSTNAME) ? [] : [e.HOSTNAME.toLowerCase()])],
    // Handover speaks no TLS itself: where browsers do, a proxy stands in front, on this machine unless told otherwise.
    trustedProxies: e.HANDOVER_TRUSTED_PROXY ?? (secure ? ['127.0.0.0/8', '::1'] : []),
    retentionDays: e.HANDOVER_RETENTION_DAYS,
    logLevel: e.LOG_LEVEL,
    production: e.NODE_ENV === 'production',
    address: e.HANDOVER_ORIGIN ?? `http://${shownHost}:${e.PORT}`,
    localAddress: `http://${LOOPBACK[e.HOSTNAME] ?? shownHost}:${e.PORT}`,
    secure,
    ...(e.HANDOVER_ORIGIN && { origin: e.HANDOVER_ORIGIN }),
  };
}
