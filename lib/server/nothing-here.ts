import 'server-only';
import type { NextRequest, NextResponse } from 'next/server';
import { problem } from '../domain/errors';
import { problemAnswer } from './answer';

/** Every address below /api that is none: programs get a problem, not a page. */
export function nothingHere({ method, nextUrl }: Pick<NextRequest, 'method' | 'nextUrl'>): NextResponse {
  const remedy = 'GET /api/openapi.json lists all addresses.';
  return problemAnswer(problem('NOT_FOUND', `There is no ${method} ${nextUrl.pathname.slice(0, 200)}.`, { remedy }));
}
