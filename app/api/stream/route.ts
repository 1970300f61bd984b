import { ok, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/stream', ({ runtime, query, session }) => {
  if (query.once) return ok(runtime.hub.read.snapshots());
  return ok(runtime.hub.connect({ session: session.id, account: session.account.name, endsAt: session.endsAt }));
});
