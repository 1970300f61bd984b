import { route } from '@/lib/server/route';
import { setupPlan } from '@/lib/server/setups/prepare';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/setups/plan', ({ runtime, input }) => setupPlan(runtime, input));
