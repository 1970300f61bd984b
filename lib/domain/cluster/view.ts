/**
 * What the pages show of a cluster: the result of `fold(observation, now)`. It is plain JSON. Words for people are messages
 * (key and parameters) of the catalogue in lib/domain/text; nothing here is formatted.
 */
import type { NodeAnswer } from '../controller/controller';
import type { Instance, InstanceRef } from '../instance/instance';
import type { JocView } from '../joc/view';
import type { ConfigFacts, JournalAtRest, RetiredJournal } from '../journal/disk';
import type { Millis } from '../reading';
import type { Message } from '../text/message';
import type { ClusterId, Slot } from './cluster';
import type { ObservedRun } from './observation';

/** Loudness: design/README.md section 4, `Verdict`. */
export type Tone = 'ok' | 'run' | 'warn' | 'unknown' | 'bad' | 'alarm';

/** What an instance is, judged from all sources. Exactly one per instance. */
export type Role =
  | 'active' // works: answers, and its state says it is the active one
  | 'standby' // licensed passive node that runs
  | 'cold' // stopped spare
  | 'retired' // its journal was put where no Controller starts from it
  | 'fenced' // could not work, whoever starts it (flag on, or nothing to start from and flag on)
  | 'idle' // runs with an empty journal and waits to be appointed
  | 'starting'
  | 'stopping'
  | 'refused' // ended by itself; the reason stands beside it
  | 'killed' // was active, ended without a proper journal end
  | 'waiting' // coupled node that waits for its peer or the ClusterWatch
  | 'unreachable' // Docker says running, the API does not answer
  | 'absent' // the engine answers: no such container
  | 'unknown'; // no source can tell: counts as running

export type ComponentState = 'operational' | 'limited' | 'inoperable' | 'unknown' | 'not-running';
export type NodeWord = 'active' | 'standby' | 'unknown';
export type Connection = 'established' | 'unstable' | 'unreachable' | 'unknown' | 'not-expected';
/** May this instance be alive now? Unknown counts as yes. */
export type MayLive = 'yes' | 'no' | 'unknown';

/** Cluster status words: JS7's eight, JOC Cockpit's synthetic ones, and ours for pairs without a licence. */
export type ClusterStatusCode =
  | 'Empty'
  | 'NodesAppointed'
  | 'PreparedToBeCoupled'
  | 'Coupled'
  | 'ActiveShutDown'
  | 'PassiveLost'
  | 'SwitchedOver'
  | 'FailedOver'
  | 'ActiveNodeIsNotReady'
  | 'NodeLossToBeConfirmed'
  | 'FailoverToBeConfirmed'
  | 'StandalonePair'
  | 'SingleController'
  | 'Unknown';
/** JOC's severities 0..4; undefined for ours, which have no box in JOC. */
export type Severity = 0 | 1 | 2 | 3 | 4;

/** How old what a block shows is. `not-expected`: nothing could be read, as wanted (API of a stopped container). `lost`: the value is unknown now. */
export interface Freshness {
  readonly state: 'fresh' | 'ageing' | 'stale' | 'lost' | 'never' | 'not-expected';
  readonly at?: Millis;
}

export interface Badge {
  readonly tone: 'active' | 'must-not' | 'neutral' | 'gold' | 'run' | 'warn' | 'bad' | 'unknown';
  readonly word: Message;
}

export interface InstanceView {
  readonly slot: Slot;
  readonly ref: InstanceRef;
  readonly url: string;
  readonly role: Role;
  readonly badges: readonly Badge[];
  readonly component: ComponentState;
  readonly nodeState: NodeWord;
  readonly connection: Connection;
  /** Does it live (may it be doing work)? `unknown` counts as yes. */
  readonly alive: 'yes' | 'no' | 'unknown';
  /** Lives although it must not. */
  readonly mustNotLive: boolean;
  /** One sentence beside the badges where the role needs a reason. */
  readonly reason?: Message;
  /** What keeps it from working, whoever starts it: the flag, and with it a retired journal. Empty and stopped = nothing does. */
  readonly fences: readonly ('restart-policy' | 'backup-flag' | 'retired-journal' | 'empty-state')[];
  readonly docker: {
    readonly freshness: Freshness;
    readonly engineName: string;
    readonly engineVersion?: string;
    readonly instance?: Instance;
    readonly error?: Message;
  };
  readonly controller: {
    readonly freshness: Freshness;
    readonly controllerId?: string;
    readonly version?: string;
    readonly javaVersion?: string;
    readonly startedAt?: Millis;
    readonly lastEventId?: number;
    readonly journalId?: string;
    readonly journalFiles?: number;
    readonly journalBytes?: number;
    readonly orderCount?: number;
    readonly node?: NodeAnswer;
    readonly ready?: boolean | 'unknown';
    readonly tls?: 'none' | 'server' | 'mutual';
    readonly error?: Message;
  };
  readonly disk: {
    readonly freshness: Freshness;
    readonly journal?: JournalAtRest;
    readonly stateEmpty?: boolean;
    readonly config?: ConfigFacts;
    readonly retired: readonly RetiredJournal[];
    /** The last reading, where it tells nothing of now: taken before the start, or before the engine fell silent. */
    readonly before?: { readonly at: Millis; readonly config?: ConfigFacts; readonly journal?: JournalAtRest };
    readonly freeBytes?: number;
    readonly totalBytes?: number;
    readonly error?: Message;
  };
  readonly actions: readonly InstanceAction[];
}

/** What a person can do with an instance from its menu. Impossible ones stay, with the reason. */
export interface InstanceAction {
  readonly kind: 'start' | 'stop' | 'logs';
  readonly allowed: boolean;
  /** Why not, or what to know before. */
  readonly note?: Message;
}

export interface Alarm {
  readonly code:
    | 'two-alive'
    | 'may-be-two'
    | 'must-not-live'
    | 'unexpected-lineage'
    | 'nobody-active'
    | 'two-at-rest'
    | 'third-copy'
    /** A member's own container has another name now. */
    | 'renamed'
    | 'restart-policy'
    | 'appointed-without-licence'
    | 'auto-remove'
    /** One works and the stopped other one would work too if someone started it. */
    | 'spare-not-fenced'
    /** One works, and the stopped other one holds events of its own from beside it. */
    | 'journals-parted'
    /** JOC Cockpit is registered with the one that does not work, or its proxy stayed behind. */
    | 'joc-elsewhere';
  readonly tone: 'alarm' | 'bad' | 'warn' | 'unknown';
  readonly title: Message;
  readonly detail: Message;
  readonly since?: Millis;
  readonly slots: readonly Slot[];
}

/** The one recommended next step, or none. `command` is what a person would type instead. */
export interface NextStep {
  readonly title: Message;
  readonly reasons: readonly Message[];
  readonly act?: { readonly kind: 'start' | 'stop'; readonly slot: Slot };
  readonly open?: 'add-secondary' | 'settings' | 'logs' | 'accept-lineage' | 'run' | 'journals' | 'engines' | 'joc';
  readonly command?: string;
}

/** A line of the picture. The `from` end is a member, the other the box in the middle. */
export interface LinkView {
  readonly slot: Slot;
  readonly kind:
    | 'established'
    | 'unhealthy'
    | 'unreachable'
    | 'unknown'
    | 'not-expected'
    | 'fenced'
    | 'has-journal'
    | 'journal-at-rest'
    | 'replicating'
    | 'conflict';
  readonly label: Message;
}

export interface ClusterView {
  readonly id: ClusterId;
  readonly name: string;
  readonly controllerId: string;
  readonly world: 'docker' | 'rehearsal';
  readonly kind: 'standalone-pair' | 'licensed' | 'single' | 'unknown';
  readonly verdict: { readonly tone: Tone; readonly title: Message; readonly why: Message; readonly since?: Millis };
  readonly next?: NextStep;
  readonly status: { readonly code: ClusterStatusCode; readonly severity?: Severity; readonly word: Message; readonly meaning: Message };
  readonly primary: InstanceView;
  readonly secondary?: InstanceView;
  readonly links: readonly LinkView[];
  readonly guard: { readonly tone: Tone; readonly title: Message; readonly detail: Message; readonly alarms: readonly Alarm[] };
  /** A run that has no end yet. */
  readonly run?: ObservedRun;
  /** Its JOC Cockpit; absent where none is connected. */
  readonly joc?: JocView;
  /** Oldest reading that the verdict rests on. */
  readonly oldestAt?: Millis;
}

/** One line of a cluster's timeline: what changed between two views, or what a person did. */
export interface TimelineEvent {
  readonly id: number;
  readonly at: Millis;
  readonly kind: 'alarm' | 'ok' | 'start' | 'stop' | 'lost' | 'journal' | 'person' | 'rehearsal' | 'settings';
  readonly message: Message;
  readonly who?: string;
}
