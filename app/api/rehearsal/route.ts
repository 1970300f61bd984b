import { rehearsalSnapshot } from '@/lib/server/rehearsal';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/rehearsal', ({ runtime }) => rehearsalSnapshot(runtime));
