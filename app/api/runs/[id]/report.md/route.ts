import { route } from '@/lib/server/route';
import { reportDocument } from '@/lib/server/runs/read';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/runs/[id]/report.md', ({ runtime, params }) => reportDocument(runtime, params.id));
