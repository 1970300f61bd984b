import { expect, test } from 'vitest';
import { z } from 'zod';
import { EngineInput } from '../contract/api';
import { RunsQuery } from '../contract/runs';
import { parse } from './input';
import { nothingHere } from './nothing-here';

const wrong = (schema: z.ZodType, value: unknown) => {
  const parsed = parse(schema, value, 'query');
  return parsed.ok ? {} : parsed.error.fields;
};

test.each([
  ['abc', 'Must be a number'],
  ['1.5', 'Must be a whole number'],
  ['0', 'At least 1'],
  ['501', 'At most 500'],
])('limit=%s: %s', (limit, words) => {
  expect(wrong(RunsQuery, { limit })).toEqual({ limit: words });
});

test('what is wrong is told in words, and the words of a schema come first', () => {
  const schema = z.strictObject({
    kind: z.enum(['a', 'b']),
    name: z.string().min(1).max(3),
    list: z.array(z.string()).min(2),
    own: z.string().min(3, 'Too short for a name'),
    on: z.boolean(),
  });
  expect(wrong(schema, { kind: 'c', name: 'long', list: ['x'], own: 'x', extra: 1 })).toEqual({
    kind: 'Must be one of: a, b',
    name: 'At most 3 characters',
    list: 'At least 2 entries',
    own: 'Too short for a name',
    on: 'Is missing',
    query: 'Not known here: extra',
  });
  expect(wrong(schema, { kind: 'a', name: '', list: ['x', 'y'], own: 'xyz', on: 'yes' })).toEqual({
    name: 'Must not be empty',
    on: 'Must be true or false',
  });
  expect(JSON.stringify(wrong(EngineInput, { name: 5, address: { kind: 'pigeon' } }))).not.toMatch(/Invalid|expected|received/);
});

test('an address that is none is told as a problem', async () => {
  const answer = nothingHere({ method: 'PUT', nextUrl: new URL('http://localhost/api/nonsense') as never });
  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toMatchObject({ problem: { code: 'NOT_FOUND', message: 'There is no PUT /api/nonsense.' } });
});
