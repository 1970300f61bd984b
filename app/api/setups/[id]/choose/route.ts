import { route } from '@/lib/server/route';
import { chooseInSetup } from '@/lib/server/setups/prepare';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/setups/[id]/choose', ({ runtime, params, input, session }) =>
  chooseInSetup(runtime, params.id, input, session.account.name),
);
