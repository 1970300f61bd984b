import { acceptLineage } from '@/lib/server/clusters';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/clusters/[id]/accept-lineage', ({ runtime, params, session }) =>
  acceptLineage(runtime, params.id, session.account.name),
);
