import { testJoc } from '@/lib/server/jocs/connections';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/jocs/test', ({ runtime, input }) => testJoc(runtime, input));
