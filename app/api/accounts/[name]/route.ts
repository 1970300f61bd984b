import { accountAnswer, changeAccount, removeAccount } from '@/lib/server/accounts';
import { ok, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const PATCH = route('PATCH /api/accounts/[name]', async ({ runtime, params, input, session, login }) => {
  const own = session.account.name === params.name;
  const changed = await changeAccount(runtime, params.name, input, own ? session.id : undefined);
  if (changed.ok && own) login(changed.value, session.id);
  return changed.ok ? ok(accountAnswer(changed.value)) : changed;
});
export const DELETE = route('DELETE /api/accounts/[name]', ({ runtime, params }) => removeAccount(runtime, params.name));
