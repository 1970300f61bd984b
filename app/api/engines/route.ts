import { addEngine, engineSnapshot } from '@/lib/server/engines';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/engines', ({ runtime }) => engineSnapshot(runtime));
export const POST = route('POST /api/engines', ({ runtime, input }) => addEngine(runtime, input));
