import { type NextRequest, NextResponse } from 'next/server';
import { readEnv } from '@/lib/server/env';
import { pageHeaders } from '@/lib/server/headers';
import { checkHost, placeAsked } from '@/lib/server/site';

const env = readEnv(process.env);

/** Before every page: the name it is called by, and a Content-Security-Policy with a nonce of its own. Routes of the API check for themselves. */
export function proxy(request: NextRequest): NextResponse {
  const foreign = checkHost(request.headers, env);
  if (foreign)
    return new NextResponse(`${foreign.message} ${foreign.remedy}\n`, {
      status: 421,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    });
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const headers = pageHeaders(nonce, env);
  const forPage = new Headers(request.headers);
  forPage.set('x-nonce', nonce);
  forPage.set('x-path', placeAsked(request.nextUrl));
  // Next reads the nonce for its own scripts from here.
  forPage.set('content-security-policy', headers['content-security-policy'] as string);
  const response = NextResponse.next({ request: { headers: forPage } });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

export const config = { matcher: ['/((?!api/|_next/static/|icon.svg).*)'] };
