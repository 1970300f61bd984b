import { route } from '@/lib/server/route';
import { chooseIn } from '@/lib/server/runs/read';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/runs/[id]/choose', ({ runtime, params, input, session }) =>
  chooseIn(runtime, params.id, input, session.account.name),
);
