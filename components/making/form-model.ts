/** What the wizard's form knows, and how it becomes the API's input. Pure. */
import type { SetupInput, SetupOptions } from '@/lib/contract/setup';

export type CreateSecondary = Extract<SetupInput, { kind: 'create-secondary' }>;
export type CreateBoth = Extract<SetupInput, { kind: 'create-both' }>;
export type UseExisting = Extract<SetupInput, { kind: 'use-existing' }>;
type Placed = CreateBoth['primary'];

/** One container as it is typed. */
export interface PlacedForm {
  readonly engineId: string;
  readonly name: string;
  readonly hostname: string;
  readonly url: string;
  readonly ports: readonly { readonly inside: number; readonly hostIp: string; readonly outside: string }[];
  readonly mounts: Placed['mounts'];
  readonly networks: readonly { readonly network: string; readonly aliases: string }[];
}
export interface SecondaryForm extends PlacedForm {
  readonly env: string;
  readonly publicAccess: boolean;
  readonly nodes?: { readonly primary: string; readonly secondary: string };
}
export interface BothForm {
  readonly clusterName: string;
  readonly controllerId: string;
  readonly imageDigest: string;
  readonly network: string;
  readonly primary: PlacedForm;
  readonly secondary: PlacedForm;
}
export interface ExistingForm {
  /** `engineId/name`; empty = none chosen. */
  readonly key: string;
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly moveAside: boolean;
}
export const noExisting: ExistingForm = { key: '', url: '', user: '', password: '', moveAside: false };

const placedForm = (p: Placed): PlacedForm => ({
  engineId: p.engineId,
  name: p.name,
  hostname: p.hostname,
  url: p.url,
  ports: p.ports.map((x) => ({ ...x, outside: String(x.outside) })),
  mounts: p.mounts,
  networks: p.networks.map((n) => ({ network: n.network, aliases: n.aliases.join(', ') })),
});
export const secondaryForm = (p: CreateSecondary): SecondaryForm => ({
  ...placedForm(p),
  env: '',
  publicAccess: p.copyPublicAccess ?? true,
});
export const bothForm = (p: CreateBoth): BothForm => ({ ...p, primary: placedForm(p.primary), secondary: placedForm(p.secondary) });

export const isSecondary = (p: SetupInput): p is CreateSecondary => p.kind === 'create-secondary';
export const isBoth = (p: SetupInput): p is CreateBoth => p.kind === 'create-both';
/** The wizard's proposal for one engine. */
export const proposalOn = (options: SetupOptions, engineId: string): CreateSecondary | undefined =>
  options.proposals.filter(isSecondary).find((p) => p.engineId === engineId);

export const isName = (s: string): boolean => /^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,62}$/.test(s.trim());
export const isUrl = (s: string): boolean => /^https?:\/\/[^\s/]+(:\d+)?\/?$/.test(s.trim());
export const isPort = (s: string): boolean => s.trim() === '' || (/^\d{1,5}$/.test(s.trim()) && Number(s) >= 1 && Number(s) <= 65535);
export const isControllerId = (s: string): boolean => /^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(s.trim());
export const isSource = ({ kind, source }: Placed['mounts'][number]): boolean =>
  kind === 'bind' ? /^\/\S/.test(source.trim()) : source.trim() !== '' && !source.includes('/');
const aliasesOf = (text: string): readonly string[] =>
  text
    .split(/[\s,]+/)
    .map((a) => a.trim())
    .filter((a) => a !== '');
const areAliases = (text: string): boolean => aliasesOf(text).every(isName) && aliasesOf(text).length <= 8;

/** Undefined where a line has another form. */
export function envOf(text: string): Record<string, string> | undefined {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const pairs = lines.map((line) => /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line));
  return pairs.every((p) => p !== null) ? Object.fromEntries(pairs.map((p) => [p[1] as string, p[2] as string])) : undefined;
}

function placedOf(f: PlacedForm): Placed | undefined {
  const fits =
    isName(f.name) &&
    isName(f.hostname) &&
    isUrl(f.url) &&
    f.ports.every((p) => isPort(p.outside)) &&
    f.mounts.every(isSource) &&
    f.networks.every((n) => n.network !== '' && areAliases(n.aliases));
  if (!fits) return undefined;
  return {
    engineId: f.engineId,
    name: f.name.trim(),
    hostname: f.hostname.trim(),
    url: f.url.trim(),
    ports: f.ports.filter((p) => p.outside.trim() !== '').map((p) => ({ ...p, outside: Number(p.outside) })),
    mounts: f.mounts.map((m) => ({ ...m, source: m.source.trim() })),
    networks: f.networks.map((n) => ({ network: n.network, aliases: [...aliasesOf(n.aliases)] })),
  };
}

/** Each: undefined while something is missing or has another form; the form says what. */
export function secondaryInput(clusterId: string, f: SecondaryForm): CreateSecondary | undefined {
  const [placed, env] = [placedOf(f), envOf(f.env)];
  if (!placed || !env || (f.nodes && !(isUrl(f.nodes.primary) && isUrl(f.nodes.secondary)))) return undefined;
  return { kind: 'create-secondary', clusterId, ...placed, env, copyPublicAccess: f.publicAccess, ...(f.nodes && { nodes: f.nodes }) };
}
export function bothInput(f: BothForm): CreateBoth | undefined {
  const inNetwork = (p: PlacedForm): PlacedForm => ({ ...p, networks: p.networks.map((n) => ({ ...n, network: f.network })) });
  const [primary, secondary] = [placedOf(inNetwork(f.primary)), placedOf(inNetwork(f.secondary))];
  const fits = f.clusterName.trim() !== '' && f.network.trim() !== '' && isControllerId(f.controllerId);
  return primary && secondary && fits
    ? {
        kind: 'create-both',
        clusterName: f.clusterName.trim(),
        controllerId: f.controllerId.trim(),
        imageDigest: f.imageDigest,
        network: f.network.trim(),
        primary,
        secondary,
      }
    : undefined;
}
export function existingInput(clusterId: string, f: ExistingForm): UseExisting | undefined {
  const slash = f.key.indexOf('/');
  if (slash < 1 || !isUrl(f.url)) return undefined;
  return {
    kind: 'use-existing',
    clusterId,
    engineId: f.key.slice(0, slash),
    name: f.key.slice(slash + 1),
    access: { url: f.url.trim(), ...(f.user.trim() !== '' && { user: f.user.trim(), ...(f.password !== '' && { password: f.password }) }) },
    moveAside: f.moveAside,
  };
}
