import { changeEngine, removeEngine } from '@/lib/server/engines';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const PATCH = route('PATCH /api/engines/[id]', ({ runtime, params, input }) => changeEngine(runtime, params.id, input));
export const DELETE = route('DELETE /api/engines/[id]', ({ runtime, params }) => removeEngine(runtime, params.id));
