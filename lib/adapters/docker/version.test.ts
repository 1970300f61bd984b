import { expect, test } from 'vitest';
import { NEWEST, negotiate } from './version';

const answer = (body: unknown, status = 200) => ({ status, headers: {}, body: typeof body === 'string' ? body : JSON.stringify(body) });
const outcome = (a: ReturnType<typeof answer>) => {
  const r = negotiate(a, 'The engine');
  return r.ok ? r.value.apiVersion : r.error.code;
};

test('the older of both newest versions is spoken', () => {
  expect(negotiate(answer({ Version: '20.10.24', ApiVersion: '1.41', MinAPIVersion: '1.12' }), 'x')).toEqual({
    ok: true,
    value: { version: '20.10.24', apiVersion: '1.41' },
  });
  expect(outcome(answer({ Version: '99', ApiVersion: '1.99', MinAPIVersion: '1.44' }))).toBe(NEWEST);
  expect(outcome(answer({ Version: '1.13', ApiVersion: '1.25' }))).toBe('1.25');
  expect(outcome(answer({ Version: '4', ApiVersion: '2.0', MinAPIVersion: '1.40' }))).toBe(NEWEST);
});

test('an engine too old or too new says which versions do not meet', () => {
  const old = negotiate(answer({ Version: '1.12', ApiVersion: '1.24' }), 'The engine');
  expect(old).toMatchObject({ ok: false, error: { code: 'ENGINE_ERROR', message: expect.stringContaining('1.24') } });
  const future = negotiate(answer({ Version: '99', ApiVersion: '1.99', MinAPIVersion: '1.60' }), 'The engine');
  expect(future).toMatchObject({ ok: false, error: { code: 'ENGINE_ERROR', message: expect.stringContaining('1.60') } });
});

test.each([
  ['a web page', answer('<!DOCTYPE html><html></html>'), 'ENGINE_NOT_DOCKER'],
  ['a web page that refuses', answer('<html><h1>403 Forbidden</h1></html>', 403), 'ENGINE_NOT_DOCKER'],
  ['a socket proxy that refuses', answer('{"message":"forbidden"}', 403), 'ENGINE_FORBIDDEN'],
  ['another API', answer({ version: '1.2.3' }), 'ENGINE_NOT_DOCKER'],
  ['cut JSON', answer('{"ApiVersion":"1.4'), 'ENGINE_NOT_DOCKER'],
  ['null', answer('null'), 'ENGINE_NOT_DOCKER'],
  ['nothing', answer('', 204), 'ENGINE_NOT_DOCKER'],
  ['a redirect', answer('', 301), 'ENGINE_NOT_DOCKER'],
  ['an odd version', answer({ ApiVersion: 'latest' }), 'ENGINE_NOT_DOCKER'],
  ['a TLS port', answer('Client sent an HTTP request to an HTTPS server.\n', 400), 'ENGINE_TLS'],
])('%s is not spoken to', (_, a, code) => expect(outcome(a)).toBe(code));
