import { route } from '@/lib/server/route';
import { journalsOf } from '@/lib/server/runs/journals';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/clusters/[id]/journals', ({ runtime, params }) => journalsOf(runtime, params.id));
