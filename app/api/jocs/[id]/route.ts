import { changeJoc, removeJoc } from '@/lib/server/jocs/connections';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const PATCH = route('PATCH /api/jocs/[id]', ({ runtime, params, input }) => changeJoc(runtime, params.id, input));
export const DELETE = route('DELETE /api/jocs/[id]', ({ runtime, params }) => removeJoc(runtime, params.id));
