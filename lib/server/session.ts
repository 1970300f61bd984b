import 'server-only';
import { randomBytes } from 'node:crypto';
import { sealData, unsealData } from 'iron-session';
import type { Clock } from '../ports/clock';
import type { Account, Store } from '../ports/store';

const HOURS = 3_600_000;
const SESSION_MS = 12 * HOURS;
/** A session in use is sealed anew when its seal is older than this. */
const RENEW_MS = HOURS / 4;

/** What the cookie holds, sealed: nothing secret, but nothing that could be made up. */
interface Sealed {
  readonly id: string;
  readonly name: string;
  readonly generation: number;
  readonly at: number;
}
export interface Session {
  readonly id: string;
  readonly account: Account;
  readonly endsAt: number;
  /** In use and getting old: give the browser a new cookie. */
  readonly due: boolean;
}
export interface SessionCookie {
  readonly name: string;
  readonly value: string;
  readonly options: {
    readonly httpOnly: true;
    readonly sameSite: 'lax';
    readonly secure: boolean;
    readonly path: '/';
    readonly maxAge: number;
  };
}

export interface Sessions {
  readonly cookieName: string;
  /** The cookie of a new session, or of `id` prolonged. */
  open(account: Account, id?: string): Promise<SessionCookie>;
  /** The session a cookie stands for; undefined when it is forged, over, logged out, or the account changed or is gone. */
  read(cookie: string | undefined): Promise<Session | undefined>;
  /** Ends the session on the server too: a copied cookie is worth nothing afterwards. */
  end(id: string): void;
  readonly gone: SessionCookie;
}

/** `mark` keeps the cookies of several Handovers on one host apart: a cookie is sent to every port. */
export function createSessions(o: { secret: string; mark: string; secure: boolean; store: Store; clock: Clock }): Sessions {
  const { secret, store, clock } = o;
  const cookieName = `${o.secure ? '__Host-' : ''}handover-${o.mark}`;
  const options = { httpOnly: true, sameSite: 'lax', secure: o.secure, path: '/' } as const;
  const ended = readEnded(store, clock.now());
  return {
    cookieName,
    gone: { name: cookieName, value: '', options: { ...options, maxAge: 0 } },
    async open(account, id = randomBytes(16).toString('base64url')) {
      const sealed: Sealed = { id, name: account.name, generation: account.generation, at: clock.now() };
      return {
        name: cookieName,
        value: await sealData(sealed, { password: secret, ttl: 0 }),
        options: { ...options, maxAge: SESSION_MS / 1000 },
      };
    },
    async read(cookie) {
      if (!cookie) return undefined;
      const sealed = await unsealData<Partial<Sealed>>(cookie, { password: secret, ttl: 0 }).catch(() => ({}) as Partial<Sealed>);
      const age = clock.now() - (sealed.at ?? 0);
      if (!sealed.id || !sealed.name || age >= SESSION_MS || ended.has(sealed.id)) return undefined;
      const account = store.accounts.get(sealed.name);
      if (!account || account.generation !== sealed.generation) return undefined;
      return { id: sealed.id, account, endsAt: clock.now() - age + SESSION_MS, due: age > RENEW_MS };
    },
    end(id) {
      ended.set(id, clock.now() + SESSION_MS);
      for (const [old, until] of ended) if (until < clock.now()) ended.delete(old);
      store.facts.set('ended-sessions', JSON.stringify([...ended]));
    },
  };
}

function readEnded(store: Store, now: number): Map<string, number> {
  const all = JSON.parse(store.facts.get('ended-sessions') ?? '[]') as [string, number][];
  return new Map(all.filter(([, until]) => until >= now));
}
