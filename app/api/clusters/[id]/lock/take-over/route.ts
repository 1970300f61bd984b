import { route } from '@/lib/server/route';
import { takeOverLock } from '@/lib/server/runs/lock';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/clusters/[id]/lock/take-over', ({ runtime, params, input, session }) =>
  takeOverLock(runtime, params.id, input, session.account.name),
);
