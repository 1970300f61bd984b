import { setFault } from '@/lib/server/rehearsal';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/rehearsal/faults/[fault]', ({ runtime, params, input, session }) =>
  setFault(runtime, params.fault, input.on, session.account.name),
);
