import 'server-only';
import type { ControllerAccess } from '../../domain/cluster/cluster';
import type { Problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import { readSessionToken } from './answers';
import type { Ask, Http } from './http';
import { type Answer, codeOf, oddProblem, refusalProblem } from './refusals';

/** A session ends one hour after the login, used or not (controller-api.md 4.1): renewed before. */
const RENEW_MS = 55 * 60_000;
/** A refusal takes 1 s there. */
const LOGIN_MS = 4000;

export interface Session {
  /** Asks with the account of the access, if there is one; logs in where needed and once more when the session has ended. */
  ask(o: Ask): Promise<Result<Answer>>;
  /** The token to use now, undefined without an account. A refusal is remembered: no second try until `forget`. */
  token(): Promise<Result<string | undefined>>;
  /** Why the account was refused, if it was. */
  refused(): Problem | undefined;
  /** The Controller was started anew: sessions are gone and private.conf was read again. */
  forget(): void;
}

export function createSession(http: Http, access: ControllerAccess, now: () => number): Session {
  let held: { token: string; at: number } | undefined;
  let refused: Problem | undefined;
  let running: Promise<Result<string>> | undefined;

  async function login(): Promise<Result<string>> {
    const a = await http.ask({
      method: 'POST',
      path: '/controller/api/session',
      limitMs: LOGIN_MS,
      json: { TYPE: 'Login', userAndPassword: { userId: access.user, password: access.password ?? '' }, js7Version: '2.9.0' },
    });
    if (!a.ok) return a;
    const token = a.value.status === 200 ? readSessionToken(a.value.text) : undefined;
    if (token !== undefined) {
      held = { token, at: now() };
      return ok(token);
    }
    if (a.value.status === 200) return err(oddProblem(a.value, http.where, 'the login'));
    const p = refusalProblem(a.value, http.where);
    if (a.value.status === 401 || (a.value.status === 400 && !p.code.endsWith('READY'))) refused = p;
    return err(p);
  }

  async function token(): Promise<Result<string | undefined>> {
    if (access.user === undefined || access.user === '') return ok(undefined);
    if (refused) return err(refused);
    if (held && now() - held.at < RENEW_MS) return ok(held.token);
    running ??= login().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    token,
    refused: () => refused,
    forget() {
      held = undefined;
      refused = undefined;
    },
    async ask(o) {
      const first = await token();
      // Without the account some things are still told (public access); what is not comes back as a refusal.
      const used = first.ok ? first.value : undefined;
      if (!first.ok && !refused) return first;
      const a = await http.ask({ ...o, token: used });
      if (!a.ok || a.value.status !== 403 || codeOf(a.value) !== 'InvalidSessionToken') return a;
      if (held?.token === used) held = undefined;
      const second = await token();
      return second.ok ? http.ask({ ...o, token: second.value }) : refused ? http.ask(o) : second;
    },
  };
}
