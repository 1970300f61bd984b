import { route } from '@/lib/server/route';
import { prepareAnswer } from '@/lib/server/runs/prepare';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/clusters/[id]/switch-over', ({ runtime, params, query }) => prepareAnswer(runtime, params.id, query));
