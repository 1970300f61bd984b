import { route } from '@/lib/server/route';
import { reportJson } from '@/lib/server/runs/read';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/runs/[id]/report.json', ({ runtime, params }) => reportJson(runtime, params.id));
