import 'server-only';
import type { z } from 'zod';
import type { AccountAnswer, AccountInput, AccountPatch } from '../contract/api';
import { problem } from '../domain/errors';
import { err, ok, type Result } from '../domain/result';
import type { Account } from '../ports/store';
import { hashPassword, verifyPassword } from './passwords';
import type { Runtime } from './runtime';

export const accountAnswer = ({ name, role, createdAt, lastLoginAt }: Account): AccountAnswer => ({
  name,
  role,
  createdAt,
  ...(lastLoginAt !== undefined && { lastLoginAt }),
});

type Part = Pick<Runtime, 'store' | 'clock' | 'hub'>;
const unknown = (name: string) => err(problem('NOT_FOUND', `There is no account "${name}".`));

/** CONFLICT when the name is taken (letters' case does not make another name). */
export async function createAccount({ store, clock }: Part, input: z.output<typeof AccountInput>): Promise<Result<Account>> {
  const passwordHash = await hashPassword(input.password);
  if (store.accounts.all().some((a) => a.name.toLowerCase() === input.name.toLowerCase())) {
    return err(problem('CONFLICT', `The name "${input.name}" is taken.`, { remedy: 'Take another one.' }));
  }
  const account: Account = { name: input.name, role: input.role, passwordHash, createdAt: clock.now(), generation: 1 };
  store.accounts.save(account);
  return ok(account);
}

const lastAdmin = (runtime: Part, account: Account) =>
  account.role === 'admin' && runtime.store.accounts.all().filter((a) => a.role === 'admin').length === 1;
const needsAdmin = (name: string) =>
  err(problem('CONFLICT', `"${name}" is the only admin.`, { remedy: 'Make another account an admin first.' }));

/**
 * Every change ends the account's sessions: they were opened with what it was before. `keep`: the session in which a person changes the
 * own account; the route gives it a new cookie.
 */
export async function changeAccount(
  runtime: Part,
  name: string,
  patch: z.output<typeof AccountPatch>,
  keep?: string,
): Promise<Result<Account>> {
  const passwordHash = patch.password === undefined ? undefined : await hashPassword(patch.password);
  const account = runtime.store.accounts.get(name);
  if (!account) return unknown(name);
  const role = patch.role ?? account.role;
  if (role !== 'admin' && lastAdmin(runtime, account)) return needsAdmin(name);
  const changed: Account = { ...account, role, generation: account.generation + 1, ...(passwordHash && { passwordHash }) };
  runtime.store.accounts.save(changed);
  runtime.hub.end({ account: name, except: keep });
  return ok(changed);
}

export function removeAccount(runtime: Part, name: string): Result<void> {
  const account = runtime.store.accounts.get(name);
  if (!account) return unknown(name);
  if (lastAdmin(runtime, account)) return needsAdmin(name);
  runtime.store.accounts.remove(name);
  runtime.hub.end({ account: name });
  return ok(undefined);
}

/** LOGIN_REFUSED says the same for a wrong name and a wrong password, after the same time. */
export async function login({ store, clock }: Part, name: string, password: string): Promise<Result<Account>> {
  const given = store.accounts.get(name);
  const right = await verifyPassword(password, given?.passwordHash);
  // The account as it is now: it may have been changed while the password was checked.
  const account = store.accounts.get(name);
  if (!right || !account || account.generation !== given?.generation) {
    return err(
      problem('LOGIN_REFUSED', 'The name or the password is wrong.', { remedy: 'Try again, or ask an admin for a new password.' }),
    );
  }
  const seen = { ...account, lastLoginAt: clock.now() };
  store.accounts.save(seen);
  return ok(seen);
}
