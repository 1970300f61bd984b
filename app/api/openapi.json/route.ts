import { openApiDocument } from '@/lib/contract/openapi';
import { ok, route } from '@/lib/server/route';
import { VERSION } from '@/lib/server/version';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/openapi.json', () => ok(openApiDocument(VERSION)));
