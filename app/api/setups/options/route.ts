import { route } from '@/lib/server/route';
import { setupOptions } from '@/lib/server/setups/prepare';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/setups/options', ({ runtime, query }) => setupOptions(runtime, query.clusterId));
