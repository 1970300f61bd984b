import 'server-only';
import { NextResponse } from 'next/server';
import type { ProblemAnswer } from '../contract/api';
import { ERRORS, type Problem } from '../domain/errors';
import type { Download } from './download';
import { API_HEADERS } from './headers';

export type FieldProblem = Problem & { readonly fields?: Readonly<Record<string, string>>; readonly retryAfter?: number };

/** A refusal as `application/problem+json`, with the status of the one table. */
export function problemAnswer({ fields, retryAfter, ...problem }: FieldProblem): NextResponse {
  const body: ProblemAnswer = { problem, ...(fields && { fields }) };
  return NextResponse.json(body, {
    status: ERRORS[problem.code].status,
    headers: { ...API_HEADERS, 'content-type': 'application/problem+json', ...(retryAfter && { 'retry-after': String(retryAfter) }) },
  });
}

export const jsonAnswer = (value: unknown, status = 200): NextResponse =>
  value === undefined
    ? new NextResponse(null, { status: 204, headers: API_HEADERS })
    : NextResponse.json(value, { status, headers: API_HEADERS });

/** A document, to be saved under its name. */
export const downloadAnswer = ({ download, fileName, text }: Download): NextResponse =>
  new NextResponse(text, {
    headers: {
      ...API_HEADERS,
      'content-type': `${download}; charset=utf-8`,
      'content-disposition': `attachment; filename="${fileName.replace(/[^\w.-]/g, '-')}"`,
    },
  });

/** `no-transform`: compression would hold events back until a buffer is full. */
export const eventsAnswer = (body: ReadableStream<Uint8Array>): NextResponse =>
  new NextResponse(body, {
    headers: {
      ...API_HEADERS,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
