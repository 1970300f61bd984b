/** What the pages show of a cluster's JOC Cockpit: part of the result of `fold`. Plain JSON, words are messages. */
import type { Slot } from '../cluster/cluster';
import type { ComponentState, Connection, Freshness } from '../cluster/view';
import type { Millis } from '../reading';
import type { Message } from '../text/message';
import type { JocBox, JocFacts, JocFollow, JocId, JocState } from './joc';

/** The block "JOC Cockpit says" of one instance card. */
export interface JocSays {
  readonly slot: Slot;
  readonly freshness: Freshness;
  /** `this`: the registered URL leads here. `by-name`: the stable name leads here now. `not`: another one is registered, as wanted. `unknown`: cannot be told. */
  readonly registered: 'this' | 'by-name' | 'not' | 'unknown';
  /** The line "Registered as", e.g. Autonomous, "BILLING CONTROLLER". */
  readonly as: Message;
  readonly caption?: string;
  readonly url?: string;
  readonly connection: Connection;
  readonly component: ComponentState;
  /** Does JOC's proxy follow this live Controller (joc-proved N3)? */
  readonly proxy: 'follows' | 'behind' | 'unknown' | 'not-expected';
  /** Where JOC's word and what Handover sees differ: warnings. */
  readonly differs: readonly Message[];
}

/** A row of "registration and reality": what JOC's API does not compare by itself. */
export interface JocDrift {
  readonly id: 'url' | 'controller-id' | 'proxy' | 'live' | 'security-level' | 'roles' | 'licence' | 'caption' | 'version' | 'started';
  readonly title: Message;
  readonly joc: Message;
  readonly real: Message;
  readonly verdict: 'same' | 'differs' | 'unknown';
  readonly remedy?: Message;
}

export interface JocView {
  readonly jocId: JocId;
  readonly name: string;
  readonly url: string;
  readonly freshness: Freshness;
  readonly error?: Message;
  readonly title?: string;
  readonly version?: string;
  readonly securityLevel?: string;
  readonly active?: boolean;
  readonly licence?: JocFacts['licence'];
  readonly mayManage?: JocFacts['mayManage'];
  /** Of the JOC that answers; `unknown` when it does not. */
  readonly component: ComponentState;
  /** All JOC instances, the answering one first. */
  readonly boxes: readonly JocBox[];
  readonly database?: {
    readonly dbms: string;
    readonly version?: string;
    readonly component: ComponentState;
    readonly connection: Connection;
  };
  readonly registered: 'yes' | 'no' | 'unknown';
  readonly follow?: JocFollow;
  readonly clusterStatus?: JocState;
  readonly says: readonly JocSays[];
  readonly links: readonly { readonly slot: Slot; readonly connection: Connection | 'not-registered'; readonly label: Message }[];
  readonly drift: readonly JocDrift[];
  /** JOC does not follow the live one: one click finishes it (POST /api/clusters/[id]/joc/follow). */
  readonly toFollow?: { readonly slot: Slot; readonly note: Message; readonly since?: Millis };
}
