import { expect, test } from 'vitest';
import { readEnv } from './env';
import { pageHeaders } from './headers';
import { publicInstance } from './public-view';
import { newSlug } from './slug';
import { createTurns } from './turns';

test('without settings: local, own folder, no rehearsal, cookies without TLS', () => {
  const env = readEnv({ HANDOVER_ORIGIN: '' });
  expect(env).toMatchObject({ address: 'http://127.0.0.1:3000', rehearsal: false, secure: false, production: true, trustedHosts: [] });
  expect(env.keyFile).toBe(`${env.dataDir}/key`);
});

test('behind a proxy: its origin is the address, and cookies need TLS', () => {
  expect(
    readEnv({ HANDOVER_ORIGIN: 'https://h.example.com/', HANDOVER_TRUSTED_HOSTS: ' A.example , b:81 ', HOSTNAME: 'inside' }),
  ).toMatchObject({
    origin: 'https://h.example.com',
    address: 'https://h.example.com',
    secure: true,
    trustedHosts: ['a.example', 'b:81', 'inside'],
  });
  expect(readEnv({ HOSTNAME: '::1', PORT: '81' }).address).toBe('http://[::1]:81');
});

test('every wrong variable is named at once', () => {
  expect(() => readEnv({ PORT: 'x', HANDOVER_REHEARSAL: 'maybe', HANDOVER_ORIGIN: 'handover.example.com' })).toThrow(
    /HANDOVER_REHEARSAL: [\s\S]*HANDOVER_ORIGIN: must be an origin[\s\S]*PORT: /,
  );
});

test('scripts and style elements of a page run by nonce alone', () => {
  const csp = pageHeaders('N1', { production: true, secure: false })['content-security-policy'] ?? '';
  expect(csp).toContain("script-src 'self' 'nonce-N1' 'strict-dynamic';");
  expect(csp).toContain("style-src 'self' 'nonce-N1';");
  expect(csp).toContain("frame-ancestors 'none'");
  expect(csp.replace("style-src-attr 'unsafe-inline'", '')).not.toMatch(/unsafe/);
  expect(pageHeaders('N1', { production: true, secure: true })).toHaveProperty('strict-transport-security');
});

test('of a container only variables that are known to be harmless leave the server', () => {
  const env = { RUN_JS_ID: 'c', RUN_JS_JAVA_OPTIONS: '-Dpassword=x', DB_PASSWORD: 'x', RUN_JS_HTTP_PORT: '4444' };
  expect(publicInstance({ env } as never).env).toEqual({ RUN_JS_ID: 'c', RUN_JS_HTTP_PORT: '4444' });
});

test.each([
  ['Payments – Production ä', 'payments-production-a'],
  ['支付', 'x'],
  ['new', 'new-2'],
  ['taken', 'taken-3'],
  [`${'long '.repeat(20)}`, 'long-long-long-long-long-long-long-long'],
])('the id of "%s" is %s', (name, id) => {
  expect(newSlug(name, (taken) => ['taken', 'taken-2'].includes(taken))).toBe(id);
});

test('turns: one after the other per key, also after a failure; other keys do not wait', async () => {
  const turn = createTurns();
  const order: string[] = [];
  let finish = () => {};
  const slow = turn(
    'a',
    () =>
      new Promise<void>((done) => {
        order.push('a1');
        finish = done;
      }),
  );
  const failing = turn('a', async () => {
    order.push('a2');
    throw new Error('no');
  });
  const last = turn('a', async () => void order.push('a3'));
  await turn('b', async () => void order.push('b'));
  expect(order).toEqual(['a1', 'b']);
  finish();
  await expect(failing).rejects.toThrow('no');
  await Promise.all([slow, last]);
  expect(order).toEqual(['a1', 'b', 'a2', 'a3']);
});
