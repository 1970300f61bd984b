import { followCluster } from '@/lib/server/jocs/registration';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/clusters/[id]/joc/follow', ({ runtime, params, input }) =>
  followCluster(runtime, params.id, input, AbortSignal.timeout(100_000)),
);
