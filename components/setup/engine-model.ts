import type { InputOf } from '@/lib/contract/routes';

type Input = InputOf<'POST /api/engines'>;
export type EngineKind = Input['address']['kind'];
export const ENGINE_KINDS: readonly EngineKind[] = ['socket', 'tls', 'ssh', 'tcp'];

/** All fields of all kinds: switching the kind forgets nothing that was typed. */
export interface EngineDraft {
  readonly name: string;
  readonly kind: EngineKind;
  readonly path: string;
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  readonly privateKey: string;
}
export const emptyEngine: EngineDraft = {
  name: '',
  kind: 'socket',
  path: '/var/run/docker.sock',
  host: '',
  port: '',
  user: '',
  ca: '',
  cert: '',
  key: '',
  privateKey: '',
};

export const DEFAULT_PORT: Record<Exclude<EngineKind, 'socket'>, number> = { tls: 2376, tcp: 2375, ssh: 22 };

export function engineInput(d: EngineDraft): Input {
  return { name: d.name, address: address(d) };
}

function address(d: EngineDraft): Input['address'] {
  if (d.kind === 'socket') return { kind: 'socket', path: d.path };
  const at = { host: d.host, port: d.port === '' ? DEFAULT_PORT[d.kind] : Number(d.port) };
  if (d.kind === 'tls') return { kind: 'tls', ...at, ca: d.ca, cert: d.cert, key: d.key };
  if (d.kind === 'tcp') return { kind: 'tcp', ...at };
  return { kind: 'ssh', ...at, user: d.user, ...(d.privateKey !== '' && { privateKey: d.privateKey }) };
}
