import { route } from '@/lib/server/route';
import { runOf } from '@/lib/server/runs/read';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/runs/[id]', ({ runtime, params }) => runOf(runtime, params.id));
