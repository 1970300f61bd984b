import type { InstanceRef } from '../instance/instance';
import type { ClusterJoc } from '../joc/joc';
import type { Millis } from '../reading';

export type ClusterId = string;
/** Fixed labels of the two instances; they say nothing about who works. */
export type Slot = 'primary' | 'secondary';
export const SLOTS = ['primary', 'secondary'] as const;

/** How Handover reaches one Controller. The secret parts are stored encrypted; `hasPassword`/`hasKey` is all that a page ever sees. */
export interface ControllerAccess {
  /** Base URL as Handover reaches it, e.g. `http://127.0.0.1:15444`. */
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  /** PEM. CA (or the server's own certificate) to trust beside the system's. */
  readonly ca?: string;
  /** PEM, for mutual TLS. */
  readonly clientCert?: string;
  readonly clientKey?: string;
}

export interface ClusterMember {
  readonly ref: InstanceRef;
  readonly access: ControllerAccess;
}

/** A cluster as the admin saved it. Nothing of it is written to the outside. */
export interface Cluster {
  readonly id: ClusterId;
  readonly name: string;
  readonly controllerId: string;
  readonly primary: ClusterMember;
  /** Absent: "no Secondary yet". */
  readonly secondary?: ClusterMember;
  readonly createdAt: Millis;
  /** The guard may stop the one of two live Controllers that must not live (domain/guard/stop-which.ts). Off when absent. */
  readonly guardStops?: boolean;
  /** The lineage last seen alive as expected; a live Controller of another one raises an alarm. Learned, confirmed by an admin when it changes. */
  readonly expectedJournalId?: string;
  /** How JOC Cockpit follows it; absent: Handover has not registered it with any. */
  readonly joc?: ClusterJoc;
}
