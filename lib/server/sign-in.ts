import 'server-only';
import type { SessionAnswer } from '../contract/api';
import { problem } from '../domain/errors';
import { err, ok, type Result } from '../domain/result';
import type { Account } from '../ports/store';
import { changeAccount, login as checkLogin, createAccount } from './accounts';
import type { FieldProblem } from './answer';
import type { Call } from './route';
import type { Runtime } from './runtime';
import { addressOf } from './site';

export const sessionAnswer = ({ rehearsal }: Pick<Runtime, 'rehearsal'>, { name, role }: Account): SessionAnswer => ({
  account: { name, role },
  rehearsal: rehearsal !== undefined,
});

/** Counts the attempt, judges it, and gives it back when it was right. */
async function attempt<T>(
  { runtime, request }: Pick<Call<'POST /api/session'>, 'runtime' | 'request'>,
  name: string,
  judge: () => Promise<Result<T>>,
): Promise<Result<T, FieldProblem>> {
  const address = addressOf(request.headers);
  const may = await runtime.attempts.begin(name, address);
  if (!may.ok) return may;
  const outcome = await judge();
  if (outcome.ok) await runtime.attempts.succeeded(name, address);
  return outcome;
}

export async function login(call: Call<'POST /api/session'>): Promise<Result<SessionAnswer, FieldProblem>> {
  const { runtime, input } = call;
  const outcome = await attempt(call, input.name, () => checkLogin(runtime, input.name.trim(), input.password));
  if (!outcome.ok) return outcome;
  call.login(outcome.value);
  return ok(sessionAnswer(runtime, outcome.value));
}

export function logout({ runtime, session, logout }: Call<'DELETE /api/session'>): Result<void> {
  runtime.sessions.end(session.id);
  runtime.hub.end({ session: session.id });
  logout();
  return ok(undefined);
}

export async function changeOwnPassword(call: Call<'PATCH /api/session'>): Promise<Result<void, FieldProblem>> {
  const { runtime, input, session } = call;
  const right = await attempt(call, session.account.name, () => checkLogin(runtime, session.account.name, input.oldPassword));
  if (!right.ok) {
    return right.error.code === 'LOGIN_REFUSED'
      ? err({ ...problem('LOGIN_REFUSED', 'The old password is wrong.'), fields: { oldPassword: 'Not the password of this account' } })
      : right;
  }
  const changed = await changeAccount(runtime, session.account.name, { password: input.password }, session.id);
  if (!changed.ok) return changed;
  call.login(changed.value, session.id);
  return ok(undefined);
}

/** The first account is an admin. Only as long as there is none, and with the code from the console. */
export async function createFirstAccount(call: Call<'POST /api/first-run'>): Promise<Result<SessionAnswer, FieldProblem>> {
  const { runtime, input } = call;
  const taken = err(problem('CONFLICT', 'There is an account already.', { remedy: 'Log in.' }));
  if (runtime.store.accounts.all().length > 0) return taken;
  if (!runtime.firstRun.accepts(input.code)) {
    const remedy = 'Copy the newest code from the console where Handover was started. After ten wrong ones it prints a new one.';
    return err({
      ...problem('CODE_REFUSED', 'The one-time code is wrong.', { remedy }),
      fields: { code: 'Not the code from the console' },
    });
  }
  // Closed before anything is awaited: two requests at once must not make two admins.
  runtime.firstRun.close();
  const created = await createAccount(runtime, { name: input.name, role: 'admin', password: input.password }).catch((e) => {
    runtime.firstRun.renew();
    throw e;
  });
  if (!created.ok) return created;
  const seen = { ...created.value, lastLoginAt: runtime.clock.now() };
  runtime.store.accounts.save(seen);
  call.login(seen);
  return ok(sessionAnswer(runtime, seen));
}
