import { route } from '@/lib/server/route';
import { setupOf } from '@/lib/server/setups/prepare';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/setups/[id]', ({ runtime, params }) => setupOf(runtime, params.id));
