import { route } from '@/lib/server/route';
import { checkAgain } from '@/lib/server/runs/prepare';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/clusters/[id]/switch-over/checks', ({ runtime, params, query }) =>
  checkAgain(runtime, params.id, query),
);
