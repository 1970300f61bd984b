import 'server-only';
import { z } from 'zod';
import type { EngineId } from '../../domain/engine/engine';
import type { ContainerState, Instance, Mount, NetworkAttachment, PublishedPort, RestartPolicy } from '../../domain/instance/instance';
import type { Millis } from '../../domain/reading';

const binding = z.object({ HostIp: z.string().nullish(), HostPort: z.string().nullish() });
const bindings = z.record(z.string(), z.array(binding).nullish()).nullish();

/** What we read of `GET /containers/{id}/json` (API 1.25 to 1.51). Unknown fields are allowed, missing ones where Docker leaves them out. */
export const inspectSchema = z.object({
  Id: z.string().min(1),
  Name: z.string(),
  Created: z.string(),
  Image: z.string(),
  State: z.object({
    Status: z.string().nullish(),
    ExitCode: z.number().nullish(),
    OOMKilled: z.boolean().nullish(),
    StartedAt: z.string().nullish(),
    FinishedAt: z.string().nullish(),
  }),
  Config: z.object({
    Hostname: z.string().nullish(),
    User: z.string().nullish(),
    Image: z.string().nullish(),
    Tty: z.boolean().nullish(),
    Env: z.array(z.string()).nullish(),
    Labels: z.record(z.string(), z.string()).nullish(),
    MacAddress: z.string().nullish(),
  }),
  HostConfig: z.object({
    NetworkMode: z.string().nullish(),
    AutoRemove: z.boolean().nullish(),
    RestartPolicy: z.object({ Name: z.string().nullish(), MaximumRetryCount: z.number().nullish() }).nullish(),
    PortBindings: bindings,
    Mounts: z.array(z.object({ Target: z.string(), VolumeOptions: z.object({ Subpath: z.string().nullish() }).nullish() })).nullish(),
  }),
  Mounts: z
    .array(
      z.object({
        Type: z.string().nullish(),
        Name: z.string().nullish(),
        Source: z.string().nullish(),
        Destination: z.string(),
        RW: z.boolean().nullish(),
      }),
    )
    .nullish(),
  NetworkSettings: z
    .object({
      Ports: bindings,
      Networks: z
        .record(
          z.string(),
          z.object({
            Aliases: z.array(z.string()).nullish(),
            IPAddress: z.string().nullish(),
            GlobalIPv6Address: z.string().nullish(),
            IPAMConfig: z
              .object({
                IPv4Address: z.string().nullish(),
                IPv6Address: z.string().nullish(),
                LinkLocalIPs: z.array(z.string()).nullish(),
              })
              .nullish(),
            Links: z.array(z.string()).nullish(),
            DriverOpts: z.record(z.string(), z.string()).nullish(),
            GwPriority: z.number().nullish(),
            MacAddress: z.string().nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
});
export type Inspected = z.infer<typeof inspectSchema>;

const STATES: ReadonlySet<string> = new Set(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']);
const POLICIES: ReadonlySet<string> = new Set(['always', 'unless-stopped', 'on-failure']);

/** Docker's answer in our words. */
export function instanceFrom(engineId: EngineId, c: Inspected): Instance {
  const state = (STATES.has(c.State.Status ?? '') ? c.State.Status : 'unknown') as ContainerState;
  const startedAt = timeFrom(c.State.StartedAt);
  const finishedAt = timeFrom(c.State.FinishedAt);
  const working = state === 'running' || state === 'paused';
  return {
    engineId,
    id: c.Id,
    name: c.Name.replace(/^\//, ''),
    hostname: c.Config.Hostname ?? '',
    image: { ref: c.Config.Image ?? '', digest: c.Image },
    state,
    // While it works (and before it ever did) Docker says 0, which would look like a proper end.
    ...(!working && startedAt !== undefined && c.State.ExitCode != null && { exitCode: c.State.ExitCode }),
    oomKilled: c.State.OOMKilled ?? false,
    createdAt: timeFrom(c.Created) ?? 0,
    ...(startedAt !== undefined && { startedAt }),
    // Docker keeps the end of the run before while it works again.
    ...(finishedAt !== undefined && (working ? { endedBefore: finishedAt } : { finishedAt })),
    restartPolicy: policyFrom(c.HostConfig.RestartPolicy),
    autoRemove: c.HostConfig.AutoRemove ?? false,
    user: c.Config.User ?? '',
    env: environmentFrom(c.Config.Env ?? []),
    labels: c.Config.Labels ?? {},
    mounts: mountsFrom(c),
    networks: networksFrom(c),
    ports: portsFrom(c),
  };
}

/** ISO time with nanoseconds to ms. Docker writes "never" as the year 1. */
export function timeFrom(text: string | null | undefined): Millis | undefined {
  if (!text || text.startsWith('0001-01-01')) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

function policyFrom(p: Inspected['HostConfig']['RestartPolicy']): RestartPolicy {
  const name = (POLICIES.has(p?.Name ?? '') ? p?.Name : 'no') as RestartPolicy['name'];
  const retries = p?.MaximumRetryCount ?? 0;
  return { name, ...(name === 'on-failure' && retries > 0 && { maxRetries: retries }) };
}

function environmentFrom(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.map((line) => (line.includes('=') ? [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] : [line, ''])),
  );
}

function mountsFrom(c: Inspected): Mount[] {
  return (c.Mounts ?? [])
    .map((m): Mount => {
      const kind = m.Type === 'volume' ? 'volume' : m.Type === 'bind' ? 'bind' : 'other';
      return { kind, source: (kind === 'volume' ? m.Name : m.Source) ?? '', target: m.Destination, readOnly: m.RW === false };
    })
    .sort((a, b) => (a.target < b.target ? -1 : 1));
}

function networksFrom(c: Inspected): NetworkAttachment[] {
  return Object.entries(c.NetworkSettings?.Networks ?? {})
    .map(([network, n]): NetworkAttachment => {
      const ip = n.IPAddress || n.GlobalIPv6Address;
      const fixedIp = n.IPAMConfig?.IPv4Address || n.IPAMConfig?.IPv6Address;
      // Engines before API 1.45 put the short id among the aliases.
      const aliases = (n.Aliases ?? []).filter((a) => a !== c.Id.slice(0, 12));
      return { network, aliases, ...(ip && { ip }), ...(fixedIp && { fixedIp }) };
    })
    .sort((a, b) => (a.network < b.network ? -1 : 1));
}

/** Configured ports; where the host port is left to chance, the one it has now (running only, else left out). TCP only. */
function portsFrom(c: Inspected): PublishedPort[] {
  const found: PublishedPort[] = [];
  const now = c.NetworkSettings?.Ports ?? {};
  const add = (inside: number, list: readonly z.infer<typeof binding>[] | null | undefined) => {
    for (const b of list ?? []) if (Number(b.HostPort)) found.push({ inside, hostIp: b.HostIp || '0.0.0.0', outside: Number(b.HostPort) });
  };
  const configured = c.HostConfig.PortBindings ?? {};
  for (const key of new Set([...Object.keys(configured), ...Object.keys(now)])) {
    const [inside, protocol] = key.split('/');
    if (protocol !== undefined && protocol !== 'tcp') continue;
    const wanted = configured[key];
    // `--publish-all` and `-p 4444`: the port is only known while it runs.
    const fixed = wanted?.length && wanted.every((b) => Number(b.HostPort) > 0);
    add(Number(inside), fixed ? wanted : now[key]);
  }
  return found.sort((a, b) => a.inside - b.inside || a.outside - b.outside || (a.hostIp < b.hostIp ? -1 : 1));
}
