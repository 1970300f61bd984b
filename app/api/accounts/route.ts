import { accountAnswer, createAccount } from '@/lib/server/accounts';
import { ok, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/accounts', ({ runtime }) => ok(runtime.store.accounts.all().map(accountAnswer)));
export const POST = route('POST /api/accounts', async ({ runtime, input }) => {
  const created = await createAccount(runtime, input);
  return created.ok ? ok(accountAnswer(created.value)) : created;
});
