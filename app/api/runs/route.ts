import { ok, route } from '@/lib/server/route';
import { runList } from '@/lib/server/runs/read';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/runs', ({ runtime, query }) => ok(runList(runtime, query)));
