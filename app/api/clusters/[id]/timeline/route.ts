import { timelinePage } from '@/lib/server/clusters';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/clusters/[id]/timeline', ({ runtime, params, query }) => timelinePage(runtime, params.id, query));
