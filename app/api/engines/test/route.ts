import { testEngine } from '@/lib/server/engines';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/engines/test', ({ runtime, input }) => testEngine(runtime, input));
