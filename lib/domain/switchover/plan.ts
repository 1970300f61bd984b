/** The frozen plan of a run: what was decided before it began. Its hash goes with every run (I5). */
import type { ClusterId, Slot } from '../cluster/cluster';
import type { InstanceRef, RestartPolicy } from '../instance/instance';
import type { Millis } from '../reading';
import type { StepId } from './steps';

/**
 * `switch-over`: the source works and is shut down. `source-crashed`: it does not run and its journal has no proper end; the shut-down is
 * skipped and the admin has accepted that what was not yet on disk is lost.
 */
export type Variant = 'switch-over' | 'source-crashed';

export interface PlanSide {
  readonly slot: Slot;
  readonly ref: InstanceRef;
  /** Container id: a container that was created anew is another one. */
  readonly containerId: string;
  readonly url: string;
  /** Folders as seen in the container. */
  readonly statePath: string;
  /** How Handover's own folders beside the journal begin: `…/state.`, or `…/state/handover.` where the state directory is a mount of its own (a rename cannot leave it). */
  readonly beside: string;
  readonly configPath: string;
  /** Owner that the journal files need there. */
  readonly uid: number;
  readonly gid: number;
  readonly policy: RestartPolicy;
  readonly flag: 'on' | 'off';
  /** Fingerprint of the state directory, `empty` when there is no journal. */
  readonly stateFingerprint: string;
}

/** One side of a name that is moved: does it carry it, is it in that network at all, and which other names does it have there. */
export interface NameSide {
  readonly held: boolean;
  readonly attached: boolean;
  readonly others: readonly string[];
}
/** How JOC Cockpit is to follow (domain/joc/joc.ts, JocFollow): of an autonomous registration only; a cluster's both nodes are registered. */
export interface PlanJoc {
  readonly jocId: string;
  readonly name: string;
  /** Of JOC Cockpit itself, as Handover reaches it. */
  readonly url: string;
  readonly follow: 'name' | 'front' | 'update';
  /** Registered when the plan was made; absent: JOC did not tell. */
  readonly from?: string;
  /** Spellings of the address under which JOC may have the target, the preferred first. Empty: none is saved. */
  readonly to: readonly string[];
  readonly caption?: string;
  /** Follow `name`: the alias that only the live container carries. */
  readonly move?: { readonly alias: string; readonly network: string; readonly source: NameSide; readonly target: NameSide };
}

export interface Plan {
  readonly runId: string;
  readonly clusterId: ClusterId;
  readonly variant: Variant;
  readonly source: PlanSide;
  readonly target: PlanSide;
  readonly controllerId: string;
  readonly journalId: string;
  readonly sameEngine: boolean;
  readonly journalBytes: number;
  readonly orderCount?: number;
  /** Agents that were coupled with the source, by name, sorted; the run waits until they are coupled with the target. Absent: none, or not known. */
  readonly agents?: readonly string[];
  /** Absent: no JOC Cockpit follows this cluster, or it has both nodes registered. */
  readonly joc?: PlanJoc;
  /** Steps of the table that this run does, in order. */
  readonly steps: readonly StepId[];
  readonly createdAt: Millis;
}

/** Where this run keeps its things. Folders beside the journal files do a Controller no harm (product.md 3.5). */
export const stagingPath = (p: Plan): string => `${p.target.beside}incoming-${p.runId}`;
export const asidePath = (p: Plan): string => `${p.target.beside}aside-${p.runId}`;
export const retiredPath = (p: Plan): string => `${p.source.beside}retired-${p.runId}`;
export const markerPath = (p: Plan): string => `${p.source.beside}retired-${p.runId}.json`;

/** The plan as text in one order of keys, from which its hash is made (by the use case: the domain has no crypto). */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, v]) => v !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`)
    .join(',')}}`;
}

/**
 * What of a plan must not change between the page on which a person read it and the start: everything but its number, its time, and what grows while the source
 * works; and what JOC has registered at the moment, which may be down for one of both looks. The plan's hash is made of this.
 */
export function planCore(p: Plan): string {
  const { runId, createdAt, journalBytes, orderCount, source, joc, ...rest } = p;
  const { stateFingerprint, ...fixed } = source;
  return canonical({ ...rest, source: fixed, ...(joc && { joc: { ...joc, from: undefined } }) });
}
