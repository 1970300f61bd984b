import { changeCluster, clusterAnswer, removeCluster } from '@/lib/server/clusters';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/clusters/[id]', ({ runtime, params }) => clusterAnswer(runtime, params.id));
export const PATCH = route('PATCH /api/clusters/[id]', ({ runtime, params, input, session }) =>
  changeCluster(runtime, params.id, input, session.account.name),
);
export const DELETE = route('DELETE /api/clusters/[id]', ({ runtime, params }) => removeCluster(runtime, params.id));
