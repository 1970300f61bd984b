import { resetRehearsal } from '@/lib/server/rehearsal';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/rehearsal/reset', ({ runtime, session }) => resetRehearsal(runtime, session.account.name));
