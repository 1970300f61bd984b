import { testRegistrationUrl } from '@/lib/server/jocs/registration';
import { route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const POST = route('POST /api/clusters/[id]/joc/test', ({ runtime, params, input }) =>
  testRegistrationUrl(runtime, params.id, input),
);
