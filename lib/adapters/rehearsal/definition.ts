import 'server-only';
import type { EngineId } from '../../domain/engine/engine';
import type { ContainerState, Instance, NetworkAttachment, PublishedPort, RestartPolicy } from '../../domain/instance/instance';
import type { Run } from './supervisor';

/** What an emulated container is made from. `command` is what runs on this machine; paths in it are host paths. */
export interface NewContainer {
  readonly name: string;
  readonly hostname: string;
  readonly image: { readonly ref: string; readonly digest: string };
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** `bind`: the path on the engine's host that a bind mount names; `volume` is then the folder that stands for it. */
  readonly mounts: readonly { readonly volume: string; readonly target: string; readonly readOnly: boolean; readonly bind?: string }[];
  readonly networks: readonly NetworkAttachment[];
  /** `outside` is a real port of the loopback interface. */
  readonly ports: readonly PublishedPort[];
  readonly user: string;
  readonly autoRemove: boolean;
  readonly restartPolicy: RestartPolicy;
  /** Where its program listens: port in the container, and the port of the loopback interface that stands for it, published or not. */
  readonly listens?: { readonly inside: number; readonly at: number };
  /** Gets a file with the names of its networks (names.ts). */
  readonly resolves?: boolean;
  /** As in EmulatedImage. */
  readonly seeds?: readonly { readonly path: string; readonly text?: string; readonly mode: number }[];
}

/** As saved. The restart policy has a file of its own: the supervisor reads it too. */
export interface ContainerDefinition extends Omit<NewContainer, 'restartPolicy'> {
  readonly id: string;
  readonly createdAt: number;
}

export const policyText = (p: RestartPolicy): string => `${p.name} ${p.maxRetries ?? 0}\n`;
export function policyOf(text: string | undefined): RestartPolicy {
  const [name, max] = (text ?? 'no').trim().split(' ');
  const maxRetries = Number(max ?? 0);
  return { name: (name ?? 'no') as RestartPolicy['name'], ...(maxRetries > 0 && { maxRetries }) };
}

/** The container as an engine tells it. */
export function toInstance(engineId: EngineId, d: ContainerDefinition, policy: RestartPolicy, run: Run | undefined): Instance {
  const state: ContainerState = run?.state ?? 'created';
  return {
    engineId,
    id: d.id,
    name: d.name,
    hostname: d.hostname,
    image: d.image,
    state,
    ...(state !== 'running' && run?.exitCode !== undefined && { exitCode: run.exitCode }),
    oomKilled: false,
    createdAt: d.createdAt,
    ...(run && { startedAt: run.startedAt }),
    ...(state === 'running' && run?.endedBefore !== undefined && { endedBefore: run.endedBefore }),
    ...(run?.finishedAt !== undefined && { finishedAt: run.finishedAt }),
    restartPolicy: policy,
    autoRemove: d.autoRemove,
    user: d.user,
    env: d.env,
    labels: d.labels,
    mounts: d.mounts
      .map((m) => ({
        kind: m.bind === undefined ? ('volume' as const) : ('bind' as const),
        source: m.bind ?? m.volume,
        target: m.target,
        readOnly: m.readOnly,
      }))
      .sort((a, b) => (a.target < b.target ? -1 : 1)),
    networks: d.networks,
    ports: d.ports,
  };
}
