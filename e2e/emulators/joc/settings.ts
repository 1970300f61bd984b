/** What the command line and the environment say (README.md lists them). */
import os from 'node:os';
import { type Address, parseAddress, parseOptions, UsageError } from '../shared/options';

export type SecurityLevel = 'LOW' | 'MEDIUM' | 'HIGH';

export interface Settings {
  readonly address: Address;
  readonly directory: string;
  readonly licensed: boolean;
  readonly version: string;
  readonly title: string;
  readonly securityLevel: SecurityLevel;
  readonly forceComments: boolean;
  /** Another JOC instance is the active one. */
  readonly standby: boolean;
  readonly sessionMs: number;
  /** After a wrong login; the third in a row waits `lockMs`. */
  readonly loginDelayMs: number;
  readonly lockMs: number;
  /** How long a new registration waits until JOC's services (History, ClusterWatch) notice it. */
  readonly servicesMs: number;
  /** How long `events` is held when nothing happens. */
  readonly pollMs: number;
  readonly passwords: { readonly JOC: string; readonly History: string };
  /** PEM file of CAs that Controllers with HTTPS are checked against. Without it HTTPS is refused, as by a JOC without a truststore. */
  readonly truststore: string | undefined;
  /** Where JOC's browser pages would be. */
  readonly url: string;
}

export function readSettings(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Settings {
  const { values } = parseOptions(args, ['http-port', 'data-directory']);
  const port = values.get('http-port')?.[0];
  const directory = values.get('data-directory')?.[0];
  if (port === undefined || directory === undefined) throw new UsageError('usage: run --http-port=[addr:]port --data-directory=DIR');
  const address = parseAddress(port);
  const level = env.EMULATED_SECURITY_LEVEL ?? 'LOW';
  if (level !== 'LOW' && level !== 'MEDIUM' && level !== 'HIGH') throw new UsageError(`EMULATED_SECURITY_LEVEL=${level}`);
  const ms = (name: string, absent: number): number => {
    const value = env[name] === undefined ? absent : Number(env[name]);
    if (!Number.isFinite(value) || value < 0) throw new UsageError(`${name}=${env[name]}`);
    return value;
  };
  const loginDelayMs = ms('EMULATED_LOGIN_DELAY_MS', 1500);
  return {
    address,
    directory,
    licensed: isOn(env.LICENSED),
    version: env.EMULATED_VERSION ?? '2.9.0',
    title: env.EMULATED_TITLE ?? 'JOC COCKPIT',
    securityLevel: level,
    forceComments: isOn(env.EMULATED_FORCE_COMMENTS),
    standby: isOn(env.EMULATED_STANDBY),
    sessionMs: ms('EMULATED_SESSION_MS', 1_800_000),
    loginDelayMs,
    lockMs: Math.min(25_000, loginDelayMs * 17),
    servicesMs: ms('EMULATED_SERVICES_MS', 10_000),
    pollMs: ms('EMULATED_POLL_MS', 55_000),
    passwords: { JOC: env.EMULATED_JOC_PASSWORD ?? 'JS7-JOC', History: env.EMULATED_HISTORY_PASSWORD ?? 'JS7-History' },
    truststore: env.EMULATED_TRUSTSTORE,
    url: `http://${address.host === '0.0.0.0' ? os.hostname() : address.host}:${address.port}`,
  };
}

function isOn(text: string | undefined): boolean {
  return text === '1' || text === 'true';
}
