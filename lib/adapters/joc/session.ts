import 'server-only';
import { type Problem, problem } from '../../domain/errors';
import type { JocSettings } from '../../domain/joc/joc';
import { err, ok, type Result } from '../../domain/result';
import { readLogin } from './answers';
import type { Answer, Ask, Http } from './http';
import { oddProblem, refusalProblem } from './refusals';

/** The third refused login in a row is answered after 25 s, whoever tried before (joc-proved 2, row 13); a starting JOC lets it wait 15 s. */
const LOGIN_MS = 28_000;

export interface Session {
  /** Asks with the account; logs in where needed, and once more when the session has ended (440). */
  ask(o: Ask): Promise<Result<Answer>>;
  /** Is the account bound to the approval of others? Known after a login. */
  underApproval(): boolean;
  /** Changes with each login: what was learned before may not hold any more. */
  generation(): number;
  /** Logs out, bounded; never fails. */
  end(): Promise<void>;
}

/** The token is kept in memory only. A refused login is remembered: with these settings none is tried again. */
export function createSession(http: Http, account: Pick<JocSettings, 'user' | 'password'>): Session {
  let token: string | undefined;
  let refused: Problem | undefined;
  let running: Promise<Result<string>> | undefined;
  let requestor = false;
  let generation = 0;

  async function login(): Promise<Result<string>> {
    const basic = Buffer.from(`${account.user}:${account.password ?? ''}`, 'utf8').toString('base64');
    const a = await http.ask({ path: 'authentication/login', limitMs: LOGIN_MS, headers: { authorization: `Basic ${basic}` } });
    if (!a.ok) return a;
    const { value } = a;
    const answer = readLogin(value.text);
    const given = value.token || (answer?.accessToken ?? '');
    if (value.status === 200 && answer?.isAuthenticated && given !== '') {
      token = given;
      requestor = answer.isApprovalRequestor === true;
      generation += 1;
      return ok(token);
    }
    if (value.status === 200 && !answer) return err(oddProblem(value, http.url));
    if (value.status === 200) return refuse('wants a second factor', 'Give an account that logs in with name and password alone.');
    if (value.status === 401 && answer)
      return refuse(
        'does not know the account or its password',
        'Correct them here. Handover does not try again with these: JOC Cockpit answers ever more slowly.',
      );
    return err(value.status === 401 ? oddProblem(value, http.url) : refusalProblem(value, http.url));
  }
  function refuse(says: string, remedy: string): Result<never> {
    refused = problem('JOC_LOGIN_REFUSED', `JOC Cockpit at ${http.url} ${says}.`, { remedy });
    return err(refused);
  }

  async function tokenNow(): Promise<Result<string>> {
    if (refused) return err(refused);
    if (token !== undefined) return ok(token);
    running ??= login().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    underApproval: () => requestor,
    generation: () => generation,
    async ask(o) {
      const first = await tokenNow();
      if (!first.ok) return first;
      const send = (value: string) => http.ask({ ...o, headers: { ...o.headers, 'x-access-token': value } });
      const a = await send(first.value);
      // JOC looks at the session before all else: what was answered with 440 was not carried out.
      if (!a.ok || a.value.status !== 440) return a;
      if (token === first.value) token = undefined;
      const second = await tokenNow();
      return second.ok ? send(second.value) : second;
    },
    async end() {
      const was = token;
      token = undefined;
      if (was !== undefined) await http.ask({ path: 'authentication/logout', limitMs: 1500, headers: { 'x-access-token': was } });
    },
  };
}
