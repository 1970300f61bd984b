/** Sessions (controller-api 4.1): tokens in memory, an absolute lifetime, the eternal System session of `data/work` (4.2). */

import { isoTime } from '../../shared/event-id';
import { newSecret } from '../../shared/ids';
import type { JsonObject } from '../../shared/json';

export interface Session {
  readonly number: number;
  readonly token: string;
  readonly userId: string;
  readonly source: string;
  readonly loggedInAt: number;
  /** Undefined: eternal. */
  readonly until: number | undefined;
  lastUsedAt: number;
  lastUsedFor: string;
}

export class Sessions {
  readonly #byToken = new Map<string, Session>();
  readonly #timeoutMs: number;
  #count = 0;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  login(userId: string, source: string, eternal = false): Session {
    const now = Date.now();
    const number = ++this.#count;
    const session: Session = {
      number,
      token: `${number},${newSecret()}`,
      userId,
      source,
      loggedInAt: now,
      until: eternal ? undefined : now + this.#timeoutMs,
      lastUsedAt: now,
      lastUsedFor: eternal ? '' : 'login',
    };
    this.#byToken.set(session.token, session);
    return session;
  }

  /** The living session of a token; using it does not prolong it. */
  use(token: string, what: string): Session | undefined {
    const session = this.#byToken.get(token);
    if (!session) return undefined;
    if (session.until !== undefined && Date.now() >= session.until) {
      this.#byToken.delete(token);
      return undefined;
    }
    session.lastUsedAt = Date.now();
    session.lastUsedFor = what;
    return session;
  }

  logout(token: string): void {
    this.#byToken.delete(token);
  }

  list(): JsonObject[] {
    const now = Date.now();
    return [...this.#byToken.values()]
      .filter(({ until }) => until === undefined || until > now)
      .map(({ number, userId, source, lastUsedFor, lastUsedAt, loggedInAt, until }) => ({
        number,
        userId,
        source,
        lastUsedFor,
        lastUsedAt: isoTime(lastUsedAt),
        loggedInAt: isoTime(loggedInAt),
        ...(until !== undefined && { until: isoTime(until) }),
      }));
  }
}
