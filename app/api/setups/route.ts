import { ok, route } from '@/lib/server/route';
import { startSetup } from '@/lib/server/setups/prepare';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/setups', ({ runtime }) => ok(runtime.setups.all()));

export const POST = route('POST /api/setups', ({ runtime, input, session }) => startSetup(runtime, input, session.account.name));
