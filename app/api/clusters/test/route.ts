import { testCluster } from '@/lib/server/clusters';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/clusters/test', ({ runtime, input, query }) => testCluster(runtime, input, query.id));
