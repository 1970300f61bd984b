import { startInstance } from '@/lib/server/instances';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/clusters/[id]/instances/[slot]/start', ({ runtime, params, session }) =>
  startInstance(runtime, params, session.account.name),
);
