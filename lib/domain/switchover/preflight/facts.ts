/** What the pre-flight checks judge: every fact with its own reading, so that "could not be measured" is never taken for "fine". */
import type { ClusterId, Slot } from '../../cluster/cluster';
import type { AgentFacts, ControllerFacts } from '../../controller/controller';
import type { EngineInfo } from '../../engine/engine';
import type { ContainerReading, InstanceRef } from '../../instance/instance';
import type { JocFacts, JocFollow, JocReading } from '../../joc/joc';
import type { DiskFacts } from '../../journal/disk';
import type { Millis, Reading } from '../../reading';

/** The evidence of a lock: who took it, for which run, since when. */
export interface HeldLock {
  readonly run: string;
  /** Name of the Handover that took it. */
  readonly handover: string;
  readonly since: Millis;
  /** Which takings were seen: who removes it names them. */
  readonly tokens: readonly string[];
}

export interface SideFacts {
  readonly slot: Slot;
  readonly ref: InstanceRef;
  readonly engineName: string;
  /** How Handover reaches its Controller. */
  readonly url?: string;
  /** Host of its engine as Handover reaches it; absent: this host. */
  readonly engineHost?: string;
  readonly engine: Reading<EngineInfo>;
  readonly container: Reading<ContainerReading>;
  readonly controller: Reading<ControllerFacts>;
  /** Read now, whether the container runs or not. */
  readonly disk: Reading<DiskFacts>;
  /** controller.conf without Handover's own block, comments and empty lines: what both sides should have alike. */
  readonly configLines: Reading<readonly string[]>;
  /** Could files be written beside the state directory and the configuration? Tried with a file of Handover's own, removed at once. */
  readonly writable: Reading<{ readonly state: boolean; readonly config: boolean }>;
  /** Owner of the state directory, or of what the process would write. */
  readonly owner: Reading<{ readonly uid: number; readonly gid: number }>;
  /** Ports this container publishes that another running container on the engine has taken: `15444 by other-name`. */
  readonly portsTaken: Reading<readonly string[]>;
}

export const SIDE_FACTS = ['engine', 'container', 'controller', 'disk', 'configLines', 'writable', 'owner', 'portsTaken'] as const;
export type SideFact = (typeof SIDE_FACTS)[number];
/** One reading of the facts: what a check names, and what can be read by itself. */
export type FactName = `${'source' | 'target'}.${SideFact}` | 'lock' | 'agents' | 'joc';
export const both = (...names: readonly SideFact[]): readonly FactName[] => names.flatMap((n) => [`source.${n}`, `target.${n}`] as const);

export function readingOf(f: PreflightFacts, name: FactName): Reading<unknown> {
  if (name === 'lock' || name === 'agents' || name === 'joc') return f[name];
  const [side, fact] = name.split('.') as ['source' | 'target', SideFact];
  return f[side][fact];
}

/** What JOC Cockpit said when it was asked now; that it did not answer is a reading too, and never keeps the Controller from being moved. */
export interface JocPreflight {
  readonly name: string;
  readonly follow: JocFollow;
  readonly facts: Reading<JocFacts>;
  readonly sees: JocReading;
  /** Follow `name`, on two engines: is the network one for both (an overlay)? Absent: one engine, or not known. */
  readonly spans?: boolean;
  /** Follow `name`: does the target's engine have the network? `unreadable`: it does not let Handover look at networks. */
  readonly network?: 'there' | 'missing' | 'unreadable';
  /** The container it runs in, where that is known; `networks` where it was seen. */
  readonly container?: { readonly name: string; readonly networks?: readonly string[] };
}

export interface PreflightFacts {
  readonly clusterId: ClusterId;
  readonly source: SideFacts;
  readonly target: SideFacts;
  /** What the fold says stands against it: alarms of the guard by code. */
  readonly alarms: readonly string[];
  /** Another run of this cluster without an end. */
  readonly openRun?: string;
  readonly lock: Reading<'free' | HeldLock>;
  /**
   * Agents as the source's snapshot tells them. `at-rest`: the source does not run, nobody can be asked. `not-in-time`: the snapshot was too big to be read;
   * failed where it cannot be read at all. Whether the standby reaches them nobody has tried: `reachable` is unknown.
   */
  readonly agents: Reading<'at-rest' | 'not-in-time' | readonly (AgentFacts & { readonly reachable: boolean | 'unknown' })[]>;
  /** `none`: no JOC Cockpit follows this cluster. */
  readonly joc: Reading<'none' | JocPreflight>;
  readonly at: Millis;
}
