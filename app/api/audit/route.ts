import { auditAnswer } from '@/lib/server/audit-export';
import { ok, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/audit', ({ runtime, query }) => ok(auditAnswer(runtime.store, query)));
