import { route } from '@/lib/server/route';
import { beginWay, wayBackOf } from '@/lib/server/runs/way-back';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/clusters/[id]/way-back', ({ runtime, params }) => wayBackOf(runtime, params.id));
export const POST = route('POST /api/clusters/[id]/way-back', ({ runtime, params, input, session }) =>
  beginWay(runtime, params.id, input, session.account.name),
);
