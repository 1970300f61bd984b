import { route } from '@/lib/server/route';
import { stepWay } from '@/lib/server/runs/way-back';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/clusters/[id]/way-back/step', ({ runtime, params, input, session }) =>
  stepWay(runtime, params.id, input, session.account.name),
);
