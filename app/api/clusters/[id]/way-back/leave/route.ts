import { route } from '@/lib/server/route';
import { leaveWay } from '@/lib/server/runs/way-back';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/clusters/[id]/way-back/leave', ({ runtime, params, input, session }) =>
  leaveWay(runtime, params.id, input, session.account.name),
);
