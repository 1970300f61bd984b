/** The recorded defect "there and back" (joc-proved N1, N2, N10), on the table of proxies alone. */
import { expect, test } from 'vitest';
import { ControllerProxy } from './controller-proxy';
import { Proxies } from './proxies';

const [A, B, OTHER_NAME] = ['http://127.0.0.1:1', 'http://127.0.0.1:2', 'http://localhost:1'];

class Still extends ControllerProxy {
  stopped = false;
  override start(): this {
    return this;
  }
  override stop(): void {
    this.stopped = true;
  }
}

function table(coupled: boolean): { proxies: Proxies; made: Still[]; at: () => string | undefined } {
  const made: Still[] = [];
  const proxies = new Proxies((_, urls) => {
    const proxy = new Still(urls, { user: 'JOC', password: '', ca: undefined }, {});
    proxy.everCoupled = coupled;
    made.push(proxy);
    return proxy;
  });
  return { proxies, made, at: () => proxies.get('id')?.url };
}

test('back at the first address the proxy stays on the other one, for ever', () => {
  const { proxies, made, at } = table(true);
  for (const url of [A, B]) proxies.update('id', [url]);
  expect([at(), made[0]?.stopped]).toEqual([B, true]);
  for (const url of [A, A]) proxies.update('id', [url]);
  expect(at()).toBe(B);
});

test('ways out: another spelling, a restart of the proxies, a new registration; each can be trapped again', () => {
  const { proxies, at } = table(true);
  const trap = (): void => {
    for (const url of [A, B, A]) proxies.update('id', [url]);
  };
  trap();
  proxies.update('id', [OTHER_NAME]);
  expect(at()).toBe(OTHER_NAME);
  trap();
  expect(at()).toBe(B);
  proxies.restart('id', [A]);
  expect(at()).toBe(A);
  trap();
  proxies.remove('id');
  proxies.update('id', [A]);
  expect(at()).toBe(A);
});

test('saved again without a change: restarted needlessly, unless it is the first address', () => {
  const { proxies, made } = table(true);
  for (const url of [A, A, B, B]) proxies.update('id', [url]);
  expect(made.map((p) => p.url)).toEqual([A, B, B]);
});

test('one that never coupled is not stopped: it goes on trying', () => {
  const { proxies, made } = table(false);
  for (const url of [A, B]) proxies.update('id', [url]);
  expect(made.map((p) => p.stopped)).toEqual([false, false]);
});
