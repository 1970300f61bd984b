/** The OpenAPI document of our API, printed from routes.ts and the table of error codes. */
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { ERRORS, type ErrorCode } from '../domain/errors';
import { COMMON_ERRORS, PARAMS, ROUTES, type RouteSpec } from './routes';
import { ProblemSchema } from './schema/basics';

const ProblemAnswerSchema = z
  .object({
    problem: ProblemSchema,
    fields: z.record(z.string(), z.string()).optional().meta({ description: 'Form field → what is wrong with it' }),
  })
  .meta({ id: 'ProblemAnswer' });

const codesOf = (spec: RouteSpec): ErrorCode[] => {
  const common = COMMON_ERRORS.filter((c) => spec.role !== 'open' || (c !== 'NOT_LOGGED_IN' && c !== 'FORBIDDEN'));
  return [...new Set([...common, ...(spec.errors ?? [])])];
};

function responses(spec: RouteSpec): ZodOpenApiOperationObject['responses'] {
  const content = {
    none: undefined,
    events: { 'text/event-stream': { schema: z.string() } },
    json: { 'application/json': { schema: z.record(z.string(), z.unknown()) } },
    markdown: { 'text/markdown': { schema: z.string() } },
  };
  const also = Object.fromEntries((spec.also ?? []).map((type) => [type, { schema: z.string() }]));
  const body = typeof spec.answer === 'string' ? content[spec.answer] : { 'application/json': { schema: spec.answer }, ...also };
  const good = spec.status ?? (spec.answer === 'none' ? 204 : 200);
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codesOf(spec)) byStatus.set(ERRORS[code].status, [...(byStatus.get(ERRORS[code].status) ?? []), code]);
  const bad = [...byStatus].map(([status, codes]) => [
    status,
    {
      description: codes.map((code) => `${code}: ${ERRORS[code].title}`).join('; '),
      content: { 'application/problem+json': { schema: ProblemAnswerSchema } },
    },
  ]);
  return { [`${good}`]: { description: 'Done', ...(body && { content: body }) }, ...Object.fromEntries(bad) };
}

function operation(path: string, spec: RouteSpec): ZodOpenApiOperationObject {
  const names = [...path.matchAll(/\[(\w+)\]/g)].map((m) => m[1] as keyof typeof PARAMS);
  return {
    summary: spec.summary,
    description: spec.role === 'open' ? 'Open to everybody.' : `Needs the role ${spec.role} or a higher one.`,
    tags: [path.split('/')[2] ?? ''],
    security: spec.role === 'open' ? [] : [{ session: [] }, ...(spec.role === 'admin' ? [] : [{ commandLine: [] }])],
    requestParams: {
      ...(names.length > 0 && { path: z.object(Object.fromEntries(names.map((n) => [n, PARAMS[n]]))) }),
      ...(spec.query && { query: spec.query as z.ZodObject }),
    },
    ...(spec.input && { requestBody: { required: true, content: { 'application/json': { schema: spec.input } } } }),
    responses: responses(spec),
  };
}

export function openApiDocument(version: string) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [key, spec] of Object.entries<RouteSpec>(ROUTES)) {
    const [method = '', path = ''] = key.split(' ');
    const address = path.replace(/\[(\w+)\]/g, '{$1}');
    paths[address] = { ...paths[address], [method.toLowerCase()]: operation(path, spec) };
  }
  const codes = Object.entries(ERRORS).map(([code, { status, title }]) => `| ${code} | ${status} | ${title} |`);
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Handover',
      version,
      description: [
        'Errors are `application/problem+json` with one of these codes.',
        '',
        '| Code | Status | Meaning |',
        '|---|---|---|',
        ...codes,
      ].join('\n'),
    },
    paths: paths as ZodOpenApiPathsObject,
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'handover',
          description: 'Set by POST /api/session; its name ends in a mark of the installation',
        },
        commandLine: {
          type: 'http',
          scheme: 'bearer',
          description:
            'The token that the server writes into its data folder at each start (cli-token). Acts as an operator; handover-as says who',
        },
      },
    },
  });
}
