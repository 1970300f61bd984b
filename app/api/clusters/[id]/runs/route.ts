import { route } from '@/lib/server/route';
import { startRun } from '@/lib/server/runs/prepare';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/clusters/[id]/runs', ({ runtime, params, input, session }) =>
  startRun(runtime, params.id, input, session.account.name),
);
