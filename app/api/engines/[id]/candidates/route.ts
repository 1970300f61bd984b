import { candidatesOf } from '@/lib/server/engines';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/engines/[id]/candidates', ({ runtime, params }) => candidatesOf(runtime, params.id));
