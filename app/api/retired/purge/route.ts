import { route } from '@/lib/server/route';
import { purgeRetired } from '@/lib/server/runs/journals';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/retired/purge', ({ runtime, input, session }) => purgeRetired(runtime, input, session.account.name));
