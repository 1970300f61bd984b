import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ClusterChange, Snapshot } from '../contract/api';
import { applyPatch } from '../contract/merge-patch';
import type { ClusterView } from '../domain/cluster/view';
import { createHub, type Hub } from './hub';

let hub: Hub;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  hub = createHub(Date);
});
afterEach(() => {
  hub.closeAll();
  vi.useRealTimers();
});

const view = (id: string, over: object = {}) =>
  ({ id, name: id, verdict: { tone: 'ok' }, primary: { docker: { freshness: { at: 1 } }, url: 'x' }, ...over }) as unknown as ClusterView;
const turn = () => new Promise((done) => setImmediate(() => setImmediate(done)));
interface Told {
  readonly name: string;
  readonly data: Snapshot & ClusterChange;
}
function listen(who: Partial<{ session: string; account: string; endsAt: number }> = {}) {
  const reader = hub.connect({ session: 's', account: 'a', endsAt: Date.now() + 1e9, ...who }).getReader();
  let rest = '';
  return {
    reader,
    /** Everything told up to now. */
    async take(): Promise<Told[]> {
      const text = new TextDecoder().decode((await reader.read()).value);
      rest += text;
      const events = rest.split('\n\n');
      rest = events.pop() ?? '';
      return events.flatMap((e) => {
        const m = /^event: (\w+)\ndata: (.*)$/s.exec(e);
        return m ? [{ name: m[1] as string, data: JSON.parse(m[2] as string) }] : [];
      });
    },
  };
}

test('a new client gets everything at once, then changes of one cluster as patches', async () => {
  hub.putCluster(view('b'), 1);
  hub.putCluster(view('a'), 1);
  hub.put('engines', [], 1);
  const client = listen();
  const first = await client.take();
  expect(first.map((e) => [e.name, e.data.topic])).toEqual([
    ['snapshot', 'clusters'],
    ['snapshot', 'engines'],
  ]);
  expect(first[0]?.data.data).toMatchObject([{ id: 'a' }, { id: 'b' }]);
  hub.putCluster(view('a', { verdict: { tone: 'bad' } }), 2);
  hub.putCluster(view('a', { verdict: { tone: 'bad' } }), 3);
  await turn();
  const [change, ...more] = await client.take();
  expect(more).toEqual([]);
  expect(change).toMatchObject({ name: 'cluster', data: { id: 'a', at: 2, patch: { verdict: { tone: 'bad' } } } });
  expect(applyPatch(view('a'), change?.data.patch)).toEqual(view('a', { verdict: { tone: 'bad' } }));
  expect(change?.data.base).toBeLessThanOrEqual(first[0]?.data.rev as number);
});

test('revisions grow, also over a restart', async () => {
  hub.putCluster(view('a'), 1);
  const before = (await listen().take())[0]?.data.rev as number;
  vi.advanceTimersByTime(1_000);
  const later = createHub(Date);
  later.putCluster(view('a'), 1);
  expect(later.read.clusters().rev).toBeGreaterThan(before);
  later.closeAll();
});

test('times of readings alone wait for the others and go out together', async () => {
  hub.putCluster(view('a'), 1);
  const client = listen();
  await client.take();
  const next = client.take();
  hub.putCluster(view('a', { primary: { docker: { freshness: { at: 2 } }, url: 'x' } }), 2);
  hub.putCluster(view('a', { primary: { docker: { freshness: { at: 3 } }, url: 'x' } }), 3);
  await turn();
  vi.advanceTimersByTime(2_100);
  const told = await next;
  expect(told).toHaveLength(1);
  expect(told[0]?.data.patch).toEqual({ primary: { docker: { freshness: { at: 3 } } } });
});

test('who comes between two quiet changes misses none', async () => {
  const at = (n: number, tone = 'ok') => view('a', { verdict: { tone }, primary: { docker: { freshness: { at: n } }, url: 'x' } });
  hub.putCluster(at(1), 1);
  const early = listen();
  await early.take();
  hub.putCluster(at(2), 2);
  const late = listen();
  const first = (await late.take())[0]?.data.data as ClusterView[];
  hub.putCluster(at(1, 'bad'), 3);
  await turn();
  expect(applyPatch(first[0], (await late.take())[0]?.data.patch)).toEqual(at(1, 'bad'));
  expect((await early.take())[0]?.data.view).toEqual(at(1, 'bad'));
});

test('a slow client gets only the newest, never a queue, and a fast one is not held up', async () => {
  const big = (n: number) => view('a', { filler: 'x'.repeat(70_000), n });
  hub.putCluster(big(0), 1);
  const slow = listen();
  const fast = listen();
  await fast.take();
  for (let n = 1; n <= 50; n++) {
    hub.putCluster(big(n), n);
    await turn();
    expect((await fast.take())[0]?.data.patch).toMatchObject({ n });
  }
  expect((await slow.take())[0]?.data.topic).toBe('clusters');
  const [newest, ...others] = await slow.take();
  expect(others).toEqual([]);
  expect(newest?.data.view).toMatchObject({ n: 50 });
});

test('a cluster that came, went or was renamed brings the whole list', async () => {
  hub.putCluster(view('a'), 1);
  const client = listen();
  await client.take();
  hub.putCluster(view('b'), 1);
  await turn();
  expect((await client.take()).map((e) => (e.data.data as ClusterView[]).map((c) => c.id))).toEqual([['a', 'b']]);
  hub.removeCluster('a', 2);
  await turn();
  expect((await client.take()).map((e) => (e.data.data as ClusterView[]).map((c) => c.id))).toEqual([['b']]);
});

test('a beat every five seconds', async () => {
  const client = listen();
  await client.take();
  const next = client.take();
  vi.advanceTimersByTime(5_000);
  expect((await next).map((e) => e.name)).toEqual(['beat']);
});

test('the end of a session, its running out and the end of the process close the right streams', async () => {
  const one = listen({ session: 'one' });
  const two = listen({ session: 'two', endsAt: Date.now() + 60_000 });
  const other = listen({ session: 'three', account: 'b' });
  for (const c of [one, two, other]) await c.take();
  hub.end({ session: 'one' });
  expect((await one.take()).map((e) => e.name)).toEqual(['ended']);
  expect((await one.reader.read()).done).toBe(true);
  expect(hub.clients()).toBe(2);
  vi.advanceTimersByTime(60_001);
  const names: (string | undefined)[] = [];
  while (names.at(-1) !== 'ended') names.push((await two.take()).at(-1)?.name);
  expect((await two.reader.read()).done).toBe(true);
  hub.closeAll();
  await other.reader.read();
  expect(hub.clients()).toBe(0);
  expect((await listen().reader.read()).done).toBe(true);
});

test('who goes away is forgotten', async () => {
  const client = listen();
  await client.take();
  await client.reader.cancel();
  expect(hub.clients()).toBe(0);
});
