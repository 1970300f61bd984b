import { jocSnapshot } from '@/lib/server/jocs/answers';
import { addJoc } from '@/lib/server/jocs/connections';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/jocs', ({ runtime }) => jocSnapshot(runtime));
export const POST = route('POST /api/jocs', ({ runtime, input }) => addJoc(runtime, input));
