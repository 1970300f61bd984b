import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ERRORS } from '../domain/errors';
import { openApiDocument } from './openapi';
import { ROUTES, type RouteSpec } from './routes';

const api = join(import.meta.dirname, '../../app/api');
const files = readdirSync(api, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('route.ts'));
/** `GET /api/…` of every handler that a route file exports. */
const handlers = files.flatMap((file) => {
  const path = `/api/${file.replace(/\/?route\.ts$/, '')}`;
  const text = readFileSync(join(api, file), 'utf8');
  return [...text.matchAll(/export (?:const|async function|function) (GET|POST|PUT|PATCH|DELETE)\b/g)].map((m) => ({
    key: `${m[1]} ${path}`,
    text,
  }));
});
const document = openApiDocument('1');
const documented = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
  Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, '[$1]')}`),
);

test('every route file is in the document, and the other way round', () => {
  expect(handlers.length).toBeGreaterThan(20);
  expect(documented.sort()).toEqual(handlers.map((h) => h.key).sort());
  expect(Object.keys(ROUTES).sort()).toEqual(documented);
});

test('every handler is made by the wrapper, under its own key', () => {
  for (const { key, text } of handlers) expect(text, key).toContain(`route('${key}'`);
});

test('every route may fail in documented ways, each with its code', () => {
  for (const [key, spec] of Object.entries<RouteSpec>(ROUTES)) {
    const [method = '', path = ''] = key.split(' ');
    const item = document.paths?.[path.replace(/\[(\w+)\]/g, '{$1}')] as Record<
      string,
      { responses: Record<string, { description: string }> }
    >;
    const told = Object.values(item[method.toLowerCase()]?.responses ?? {})
      .map((r) => r.description)
      .join(' ');
    expect(told, key).toContain('INTERNAL');
    for (const code of spec.errors ?? []) expect(told, key).toContain(`${code}: ${ERRORS[code].title}`);
  }
});

test('the command line may do what an operator may, and no more', () => {
  for (const [key, spec] of Object.entries<RouteSpec>(ROUTES)) {
    const [method = '', path = ''] = key.split(' ');
    const item = document.paths?.[path.replace(/\[(\w+)\]/g, '{$1}')] as Record<string, { security: object[] }>;
    const ways = (item[method.toLowerCase()]?.security ?? []).flatMap((s) => Object.keys(s));
    expect(ways, key).toEqual(spec.role === 'open' ? [] : spec.role === 'admin' ? ['session'] : ['session', 'commandLine']);
  }
});

test('the document names every error code, is plain JSON, and shares its schemas', () => {
  for (const code of Object.keys(ERRORS)) expect(document.info.description).toContain(`| ${code} |`);
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  expect(Object.keys(document.components?.schemas ?? {})).toEqual(
    expect.arrayContaining(['ClusterView', 'Problem', 'ProblemAnswer', 'Engine']),
  );
});
