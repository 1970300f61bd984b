/**
 * What the runbook needs to know of the world, observed afresh before every act. One value per fact and source; `unknown` is never
 * taken for the harmless value. Built by the use case's observer from the engine, the volumes and the Controller's API.
 */
import type { RestartPolicyName } from '../instance/instance';
import type { JournalEnding } from '../journal/disk';

export type Tri = 'yes' | 'no' | 'unknown';

/** The content of an instance's state directory. */
export type StateWorld =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'journal';
      readonly journalId: string;
      readonly lastEventId: number;
      readonly ending: JournalEnding;
      /** Names, sizes and numbers of the journal files as one string: changes when any of them does. */
      readonly fingerprint: string;
      /** Every byte was compared by SHA-256 with the source in this run, and the listing still fits (I3). */
      readonly verified: boolean;
    };

/** What the living Controller says; absent while the API is silent or unknown. */
export interface LiveWorld {
  readonly controllerId: string;
  readonly journalId: string | 'unknown';
  readonly lastEventId: number;
  readonly active: Tri;
  readonly ready: Tri;
  readonly orderCount?: number;
  /** By its own clock. */
  readonly startedAt?: number;
}

export interface SideWorld {
  /** The container runs (paused and restarting count as running). */
  readonly running: Tri;
  readonly exitCode?: number;
  readonly api: 'answers' | 'silent' | 'unknown';
  readonly live?: LiveWorld;
  readonly policy: RestartPolicyName | 'unknown';
  /** `js7.journal.cluster.node.is-backup` in its configuration. */
  readonly flag: 'on' | 'off' | 'unknown';
  readonly state: StateWorld;
  /** The folder into which this run copies. */
  readonly staging: 'absent' | 'partial' | 'unknown';
  /** The folder to which this run retires the journal. */
  readonly retired: Tri;
  /** The folder to which this run moves what was in the way. */
  readonly aside: Tri;
  /** The marker file of this run. */
  readonly marker: Tri;
  /** Its container carries the name that the plan moves. Absent: the plan moves none, or it is not known. */
  readonly name?: Tri;
}

export interface World {
  /** The lock in the engines: `ours` only when it is seen in all of them with this run's name. */
  readonly lock: 'ours' | 'free' | 'theirs' | 'partly' | 'unknown';
  readonly source: SideWorld;
  readonly target: SideWorld;
  /** Does JOC Cockpit follow the target, proved by its proxy? `none` = no JOC Cockpit follows this cluster. */
  readonly joc: 'follows' | 'elsewhere' | 'none' | 'unknown';
  /** What JOC said at that look. */
  readonly jocSees?: { readonly url: string; readonly proxyAt?: number };
  /** Are all Agents coupled that were before? */
  readonly agents: 'coupled' | 'not-yet' | 'none' | 'unknown';
  /** With `not-yet`: names of those that are not. Absent: they were not told. */
  readonly agentsMissing?: readonly string[];
}
