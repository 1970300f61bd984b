import { stopInstance } from '@/lib/server/instances';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/clusters/[id]/instances/[slot]/stop', ({ runtime, params, input, session }) =>
  stopInstance(runtime, params, input, session.account.name),
);
