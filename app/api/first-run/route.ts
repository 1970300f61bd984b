import { route } from '@/lib/server/route';
import { createFirstAccount } from '@/lib/server/sign-in';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/first-run', createFirstAccount);
