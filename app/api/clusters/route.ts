import { addCluster } from '@/lib/server/clusters';
import { ok, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/clusters', ({ runtime }) => ok(runtime.hub.read.clusters()));
export const POST = route('POST /api/clusters', ({ runtime, input, session }) => addCluster(runtime, input, session.account.name));
