/**
 * JOC Cockpit's REST API, as far as Handover uses it. One adapter: adapters/joc (undici). Login, renewal of the session and logout are the adapter's: a session that
 * ended (440) is renewed once; a refused login is remembered and not tried again with the same password (the third in a row costs 25 s there).
 * Time limits: 5 s for reading, 9 s where JOC itself asks Controllers (`see`, `test`: it waits 5 s for one), 30 s for changes (a change may take 25 s, joc-proved N8). Nothing is repeated here: after a lost answer the caller observes.
 * Codes: JOC_UNREACHABLE, JOC_TIMEOUT, JOC_TLS, NOT_A_JOC, JOC_LOGIN_REFUSED, JOC_FORBIDDEN, JOC_APPROVAL (433), JOC_STANDBY, JOC_LICENCE (JOC-444),
 * CONTROLLER_ID_DIFFERS (JOC-405 with another ID), JOC_REASON_MISSING (JOC-300), JOC_CONNECTION (JOC-400/402/405 of a connection test), JOC_UNKNOWN_CONTROLLER (JOC-408), JOC_TAKEN (JOC-171, JOC-407), JOC_PROBLEM. `detail` holds
 * JOC's own code and words, never an SQL text.
 */
import type { JocAudit, JocFacts, JocSees, JocSettings } from '../domain/joc/joc';
import type { Result } from '../domain/result';

export interface JocRegistration {
  /** Absent: a new registration; JOC takes the ID from the Controller. */
  readonly controllerId?: string;
  readonly nodes: readonly {
    readonly url: string;
    readonly clusterUrl?: string;
    readonly role: 'STANDALONE' | 'PRIMARY' | 'BACKUP';
    readonly title: string;
  }[];
  readonly forceFailoverConfirmation?: boolean;
  readonly audit: JocAudit;
}

export interface JocClient {
  /** Login if needed, then what JOC says of itself. */
  look(): Promise<Result<JocFacts>>;
  /** `controller/components` and `agents`; where the former is missing (not a stable API), `controllers`. */
  see(controllerId: string): Promise<Result<JocSees | 'not-registered'>>;
  /** JOC's own vantage point (`controller/test`): which Controller does it find at the URL? Changes nothing. `controllerId` empty: any. */
  test(o: { readonly url: string; readonly controllerId: string }): Promise<Result<{ readonly controllerId: string }>>;
  /** `ok` and the permission tree (first registration) both mean done. Not proof that its proxy follows: `see`. */
  register(r: JocRegistration): Promise<Result<void>>;
  unregister(controllerId: string, audit: JocAudit): Promise<Result<void>>;
  /** The `events` long poll of one Controller ID until `signal` aborts or it fails; each answer with events is a hint to look again. One within the second of the last is lost. */
  follow(o: { readonly controllerId: string; onEvents(): void; readonly signal: AbortSignal }): Promise<Result<'aborted'>>;
  /** Logs out (best effort, bounded). */
  close(): Promise<void>;
}
export type OpenJoc = (settings: JocSettings) => JocClient;
