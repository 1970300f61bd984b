/**
 * JOC Cockpit in our words: what the admin saved, what JOC says of itself, and what it says of one Controller. Facts on JOC: reference/joc-cockpit.md
 * (section 1), put right by reference/joc-proved.md (N1-N16). Nothing here is merged with what Docker or the Controllers say.
 */
import type { Slot } from '../cluster/cluster';
import type { EngineId } from '../engine/engine';
import type { Millis, Reading } from '../reading';

export type JocId = string;

/** A JOC Cockpit as the admin saved it. Secrets are stored encrypted; the session's token is kept in memory only. */
export interface JocSettings {
  readonly id: JocId;
  readonly name: string;
  /** As Handover reaches it, without `/joc/api`, e.g. `http://joc:4446`. */
  readonly url: string;
  readonly user: string;
  readonly password?: string;
  /** PEM. */
  readonly ca?: string;
  readonly clientCert?: string;
  readonly clientKey?: string;
  /** The container it runs in, where it is known: tells which names it can resolve. */
  readonly container?: { readonly engineId: EngineId; readonly name: string };
  readonly createdAt: Millis;
}

/**
 * How a cluster is registered, as the admin chose it; the reading of JOC itself tells whether it is so.
 * - `name`: one address that never changes; Handover moves the network alias `alias` in `network` to the live container while both are stopped.
 * - `front`: one address that never changes, kept by something outside (DNS name or proxy in front of two hosts); Handover moves nothing and only proves.
 * - `update`: JOC's registered URL is changed at each switch-over. `urls`: for each instance its spellings, the preferred first. A second spelling is the way out
 *   of JOC's defect "there and back" (joc-proved N1, N2).
 * - `cluster`: both nodes, licensed.
 */
export type JocFollow =
  | { readonly kind: 'name'; readonly url: string; readonly alias: string; readonly network: string }
  | { readonly kind: 'front'; readonly url: string }
  | { readonly kind: 'update'; readonly urls: Readonly<Partial<Record<Slot, readonly string[]>>> }
  | {
      readonly kind: 'cluster';
      readonly urls: Readonly<Record<Slot, string>>;
      /** As the other Controller reaches it; absent = as JOC does. */
      readonly clusterUrls?: Readonly<Partial<Record<Slot, string>>>;
    };

/** Saved with a cluster (domain/cluster/cluster.ts). */
export interface ClusterJoc {
  readonly jocId: JocId;
  readonly follow: JocFollow;
  /** Caption in JOC, at most 30 characters. */
  readonly captions: Readonly<Partial<Record<Slot, string>>>;
}

/** JOC's own words for a state, with its severity 0..4. */
export interface JocState {
  readonly severity: number;
  readonly text: string;
}

/** What JOC Cockpit says of itself (`joc/is_active`, `joc/properties`, `joc/license`, permissions). */
export interface JocFacts {
  readonly url: string;
  readonly version: string;
  readonly title?: string;
  readonly securityLevel?: string;
  /** Is the instance that answers the active one? Only the active one registers. */
  readonly active: boolean;
  readonly licence: { readonly type: 'OPENSOURCE' | 'COMMERCIAL_VALID' | 'COMMERCIAL_INVALID' | 'unknown'; readonly validUntil?: Millis };
  /** `administration.controllers.manage`. `approval`: it is in the account's 4-eyes set, so a change answers 433. */
  readonly mayManage: 'yes' | 'no' | 'approval' | 'unknown';
  /** Changes need a reason. */
  readonly forceReasons: boolean;
  readonly reasons: readonly string[];
  /** IDs of all Controllers registered there that the account may see. */
  readonly controllerIds: readonly string[];
  readonly latencyMs: number;
}

/** One node as JOC shows it (`controllers`, `controller/components`). */
export interface JocNode {
  readonly role: 'STANDALONE' | 'PRIMARY' | 'BACKUP' | 'unknown';
  readonly title: string;
  readonly url: string;
  readonly clusterUrl?: string;
  readonly component: JocState;
  readonly connection: JocState;
  readonly node?: JocState;
  readonly startedAt?: Millis;
  readonly version?: string;
  readonly securityLevel?: string;
}
/** A box of JOC's dashboard. */
export interface JocBox {
  readonly title: string;
  readonly url?: string;
  readonly current: boolean;
  readonly version?: string;
  readonly securityLevel?: string;
  readonly component: JocState;
  readonly connection: JocState;
  readonly node?: JocState;
}

/** What JOC Cockpit says of one Controller ID. `not-registered` is a value: JOC answered, and it does not know it. */
export interface JocSees {
  readonly controllerId: string;
  readonly nodes: readonly JocNode[];
  readonly jocs: readonly JocBox[];
  readonly database?: { readonly dbms: string; readonly version?: string; readonly component: JocState; readonly connection: JocState };
  readonly clusterStatus?: JocState;
  /**
   * Time of the last event that JOC's proxy has (`agents.surveyDate`). The proxy follows the live Controller if this is not older than the Controller's start;
   * `controllers` proves nothing (joc-proved N3). Absent: not known.
   */
  readonly proxyAt?: Millis;
}
export type JocReading = Reading<JocSees | 'not-registered'>;

/** JOC's audit triple (joc-cockpit 1.4): comment at most 255 without < >, minutes, ticket link. */
export interface JocAudit {
  readonly comment?: string;
  readonly timeSpent?: number;
  readonly ticketLink?: string;
}

/** What was observed for a cluster from its JOC. */
export interface JocObservation {
  readonly settings: Pick<JocSettings, 'id' | 'name' | 'url' | 'container'>;
  readonly facts: Reading<JocFacts>;
  readonly sees: JocReading;
}
