import { ok, route } from '@/lib/server/route';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/health', () => ok({ status: 'ok' as const }));
