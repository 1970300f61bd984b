/** Sessions: tokens in memory, ended after idle time; a held long poll does not prolong one (recordings 01, 11). */
import { randomUUID } from 'node:crypto';
import type { Account } from './accounts';

export interface Session {
  readonly token: string;
  readonly account: Account;
  until: number;
}

export class Sessions {
  readonly #byToken = new Map<string, Session>();
  readonly #idleMs: number;

  constructor(idleMs: number) {
    this.#idleMs = idleMs;
  }

  get idleMs(): number {
    return this.#idleMs;
  }

  open(account: Account): Session {
    this.#forgetOld();
    const session = { token: randomUUID(), account, until: Date.now() + this.#idleMs };
    this.#byToken.set(session.token, session);
    return session;
  }

  /** The living session; `touch` prolongs it. */
  use(token: string | undefined, touch: boolean): Session | undefined {
    const session = this.#byToken.get(token ?? '');
    if (!session || session.until <= Date.now()) return undefined;
    if (touch) session.until = Date.now() + this.#idleMs;
    return session;
  }

  /** The session that was, expired ones too. */
  close(token: string | undefined): Session | undefined {
    const session = this.#byToken.get(token ?? '');
    this.#byToken.delete(token ?? '');
    return session;
  }

  #forgetOld(): void {
    const old = Date.now() - 3_600_000;
    for (const [token, session] of this.#byToken) if (session.until < old) this.#byToken.delete(token);
  }
}
