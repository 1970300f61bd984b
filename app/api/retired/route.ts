import { ok, route } from '@/lib/server/route';
import { retiredList } from '@/lib/server/runs/journals';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/retired', async ({ runtime }) => ok(await retiredList(runtime)));
