import type { EngineId } from '../engine/engine';
import type { Millis } from '../reading';

/** A container is known by its name on its engine: after a re-creation its id differs, the name stays. */
export interface InstanceRef {
  readonly engineId: EngineId;
  readonly name: string;
}

/** Words of the Docker Engine API (`State.Status`). `unknown` = a word we do not know. */
export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead' | 'unknown';
export type RestartPolicyName = 'no' | 'always' | 'unless-stopped' | 'on-failure';
export interface RestartPolicy {
  readonly name: RestartPolicyName;
  readonly maxRetries?: number;
}

export interface Mount {
  readonly kind: 'volume' | 'bind' | 'other';
  /** Volume name, or path on the host for a bind mount. */
  readonly source: string;
  /** Absolute path in the container. */
  readonly target: string;
  readonly readOnly: boolean;
}
export interface NetworkAttachment {
  readonly network: string;
  readonly aliases: readonly string[];
  /** Address the container has now (running only). */
  readonly ip?: string;
  /** Address asked for in the settings, if it is fixed. */
  readonly fixedIp?: string;
}
export interface PublishedPort {
  readonly inside: number;
  /** Host address; `0.0.0.0` or `::` = all. */
  readonly hostIp: string;
  readonly outside: number;
}

/** What an engine says of one container, in our words. Times are the engine's clock. */
export interface Instance {
  readonly engineId: EngineId;
  readonly id: string;
  readonly name: string;
  readonly hostname: string;
  /** `digest` is the image ID (`sha256:…`): the same on every engine the image was loaded on. */
  readonly image: { readonly ref: string; readonly digest: string };
  readonly state: ContainerState;
  /** Only after an exit. 0 proves nothing (product.md 3.4). */
  readonly exitCode?: number;
  readonly oomKilled: boolean;
  readonly createdAt: Millis;
  readonly startedAt?: Millis;
  readonly finishedAt?: Millis;
  /** While it works: when its run before this one ended. Docker: undefined = this is its first run. */
  readonly endedBefore?: Millis;
  readonly restartPolicy: RestartPolicy;
  /** `--rm`: the container vanishes when it stops. */
  readonly autoRemove: boolean;
  readonly user: string;
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  readonly networks: readonly NetworkAttachment[];
  /** Ports as configured (a stopped container has them too). */
  readonly ports: readonly PublishedPort[];
}

/** What Docker says of the place where an instance is expected. `absent` = the engine answered: there is no such container. */
export type ContainerReading = Instance | 'absent';
