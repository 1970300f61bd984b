import { ok, route } from '@/lib/server/route';
import { changeOwnPassword, login, logout, sessionAnswer } from '@/lib/server/sign-in';

export const dynamic = 'force-dynamic';

export const GET = route('GET /api/session', ({ runtime, session }) => ok(sessionAnswer(runtime, session.account)));
export const POST = route('POST /api/session', login);
export const PATCH = route('PATCH /api/session', changeOwnPassword);
export const DELETE = route('DELETE /api/session', logout);
