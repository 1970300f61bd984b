import { route } from '@/lib/server/route';
import { planMarkdown } from '@/lib/server/runs/prepare';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/clusters/[id]/plan.md', ({ runtime, params, query }) => planMarkdown(runtime, params.id, query));
