import { logStream } from '@/lib/server/logs';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/clusters/[id]/instances/[slot]/logs', ({ runtime, params, query, session }) =>
  logStream(runtime, params, { ...query, session: session.id, account: session.account.name, endsAt: session.endsAt }),
);
