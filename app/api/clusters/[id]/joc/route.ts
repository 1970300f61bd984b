import { registerCluster, registrationDraft, unregisterCluster } from '@/lib/server/jocs/registration';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/clusters/[id]/joc', ({ runtime, params, query }) => registrationDraft(runtime, params.id, query.jocId));
// Not bound to the request: what was sent to JOC Cockpit is followed to its end, whether the page stays open or not.
export const POST = route('POST /api/clusters/[id]/joc', ({ runtime, params, input, session }) =>
  registerCluster(runtime, params.id, input, session.account.name, AbortSignal.timeout(100_000)),
);
export const DELETE = route('DELETE /api/clusters/[id]/joc', ({ runtime, params, input }) =>
  unregisterCluster(runtime, params.id, input, AbortSignal.timeout(60_000)),
);
