import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Cluster } from '../../domain/cluster/cluster';
import { type Problem, problem } from '../../domain/errors';
import type { JocSees } from '../../domain/joc/joc';
import { clusterJoc, jocFacts, jocNode, jocSees } from '../../domain/joc/samples.test-support';
import { err, ok } from '../../domain/result';
import type { JocClient } from '../../ports/joc';
import { JOC_TIMES, type JocWatches, watchJocs } from './joc-watch';

const refused = problem('JOC_UNREACHABLE', 'refused');
/** A JOC in memory: what it answers, and who was asked when. */
class FakeJoc {
  answer: JocSees | 'not-registered' | Problem = jocSees();
  readonly asked: { what: 'see' | 'look' | 'follow'; at: number; id?: string }[] = [];
  event: (() => void) | undefined;
  breakOff: (() => void) | undefined;
  following = 0;
  hold: Promise<void> | undefined;
  readonly client = {
    look: async () => {
      this.asked.push({ what: 'look', at: Date.now() });
      return typeof this.answer === 'object' && 'code' in this.answer ? err(this.answer) : ok(jocFacts());
    },
    see: async (id) => {
      this.asked.push({ what: 'see', at: Date.now(), id });
      const answer = this.answer;
      await this.hold;
      return typeof answer === 'object' && 'code' in answer ? err(answer) : ok(answer);
    },
    follow: ({ controllerId, onEvents, signal }) => {
      this.asked.push({ what: 'follow', at: Date.now(), id: controllerId });
      this.following += 1;
      this.event = onEvents;
      return new Promise((resolve) => {
        let ended = false;
        const end = (r: Awaited<ReturnType<JocClient['follow']>>) => {
          if (!ended) this.following -= 1;
          ended = true;
          resolve(r);
        };
        signal.addEventListener('abort', () => end(ok('aborted')), { once: true });
        this.breakOff = () => end(err(refused));
      });
    },
    close: async () => undefined,
  } as JocClient;
  times = (what: 'see' | 'look' | 'follow') => this.asked.filter((a) => a.what === what).map((a) => a.at - START);
  clear = () => this.asked.splice(0);
}
const START = Date.UTC(2026, 10, 24);
const cluster = (id = 'c', controllerId = 'demo'): Cluster => ({
  id,
  name: id,
  controllerId,
  createdAt: 0,
  primary: { ref: { engineId: 'a', name: 'p' }, access: { url: 'http://p' } },
  joc: clusterJoc(),
});
let joc: FakeJoc;
let saved: Map<string, FakeJoc>;
let watches: JocWatches;
let clusters: Cluster[];
let changed: string[];
let beat: ReturnType<typeof setInterval>;
const failures: string[] = [];
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(async () => {
  vi.useFakeTimers({ now: START });
  joc = new FakeJoc();
  saved = new Map([['joc-1', joc]]);
  clusters = [cluster()];
  changed = [];
  watches = watchJocs({
    jocOf: (id) => {
      const it = saved.get(id);
      return it && { client: it.client, settings: { id, name: 'joc', url: 'http://joc:4446' } };
    },
    now: Date.now,
    random: () => 0.5,
    onChange: (id, controllerId) => changed.push(`${id} ${controllerId}`),
    onFailure: (what) => failures.push(what),
  });
  beat = setInterval(() => watches.tick(clusters), 250);
  await pass(250);
});
afterEach(async () => {
  clearInterval(beat);
  watches.close();
  await pass(0);
  expect(joc.following).toBe(0);
  expect(failures).toEqual([]);
  vi.useRealTimers();
});

describe('at rest', () => {
  it('observes facts and what JOC says of the Controller', () => {
    expect(watches.observe(clusters[0] as Cluster)).toMatchObject({
      settings: { name: 'joc' },
      facts: { kind: 'value' },
      sees: { kind: 'value', value: { controllerId: 'demo' } },
    });
    expect(changed).toContain('joc-1 demo');
  });
  it('asks seldom: a look each 20 s, one long poll, and itself once in 5 min', async () => {
    joc.clear();
    await pass(600_000);
    expect(joc.times('see').length).toBeGreaterThanOrEqual(28);
    expect(joc.times('see').length).toBeLessThanOrEqual(31);
    expect(joc.times('look')).toHaveLength(2);
    expect(joc.times('follow')).toEqual([]);
    expect(joc.following).toBe(1);
  });
  it('several clusters of one JOC: one client, one long poll each, its own words once', async () => {
    clusters = [cluster(), cluster('d', 'other')];
    await pass(1_000);
    expect(joc.asked.filter((a) => a.what === 'follow').map((a) => a.id)).toEqual(['demo', 'other']);
    expect(joc.times('look')).toHaveLength(1);
  });
  it('two clusters of the same Controller ID share all', async () => {
    clusters = [cluster(), cluster('d')];
    await pass(1_000);
    expect(joc.following).toBe(1);
  });
});

describe('events', () => {
  it('one event: a look soon, not at once again', async () => {
    await pass(10_000);
    joc.clear();
    joc.event?.();
    await pass(500);
    expect(joc.times('see')).toHaveLength(1);
    await pass(2_000);
    expect(joc.times('see')).toHaveLength(1);
  });
  it('after a long rest an event is still answered at once', async () => {
    await pass(600_000);
    const last = joc.times('see').at(-1) ?? 0;
    await pass(Math.max(0, START + last + JOC_TIMES.gap - Date.now()));
    joc.clear();
    joc.event?.();
    await pass(500);
    expect(joc.times('see')).toHaveLength(1);
  });
  it('an event while an answer is under way: it is asked once more', async () => {
    await pass(10_000);
    let go = () => {};
    joc.hold = new Promise((resolve) => {
      go = resolve;
    });
    joc.clear();
    joc.event?.();
    await pass(300);
    expect(joc.times('see')).toHaveLength(1);
    joc.event?.();
    joc.hold = undefined;
    go();
    await pass(JOC_TIMES.gap + 300);
    expect(joc.times('see')).toHaveLength(2);
  });
  it('a busy JOC whose picture does not change is asked no more often than one at rest', async () => {
    const busy = setInterval(() => {
      if (typeof joc.answer === 'object' && 'proxyAt' in joc.answer) joc.answer = { ...joc.answer, proxyAt: Date.now() };
      joc.event?.();
    }, 500);
    await pass(60_000);
    joc.clear();
    await pass(120_000);
    clearInterval(busy);
    expect(joc.times('see').length).toBeLessThanOrEqual(7);
  });
  it('while the picture changes it is looked at every few seconds', async () => {
    let n = 0;
    const moving = setInterval(() => {
      n += 1;
      joc.answer = jocSees([jocNode({ title: `T${n}` })]);
      joc.event?.();
    }, 500);
    await pass(5_000);
    joc.clear();
    await pass(30_000);
    clearInterval(moving);
    expect(joc.times('see').length).toBeGreaterThanOrEqual(8);
    expect(joc.times('see').length).toBeLessThanOrEqual(11);
  });
  it('a run that tells of itself is a reason to look', async () => {
    await pass(5_000);
    joc.clear();
    for (let n = 0; n < 60; n++) {
      watches.hurry(clusters[0] as Cluster);
      await pass(100);
      if (n === 3) expect(joc.times('see')).toHaveLength(1);
    }
    expect(joc.times('see').length).toBeLessThanOrEqual(3);
  });
});

describe('failures', () => {
  it('goes on later and later, at most 30 s, and comes back with all', async () => {
    joc.answer = refused;
    await pass(25_000);
    joc.clear();
    await pass(120_000);
    const looks = joc.times('see');
    expect(looks.length).toBeGreaterThanOrEqual(3);
    expect(looks.length).toBeLessThanOrEqual(9);
    expect(watches.observe(clusters[0] as Cluster)?.sees).toMatchObject({ kind: 'failed', last: { value: { controllerId: 'demo' } } });
    joc.answer = jocSees();
    await pass(33_000);
    expect(watches.observe(clusters[0] as Cluster)?.sees.kind).toBe('value');
  });
  it('a long poll that breaks off is begun again, after a look', async () => {
    await pass(10_000);
    joc.clear();
    joc.breakOff?.();
    await pass(2_000);
    expect(joc.times('see').length).toBeGreaterThanOrEqual(1);
    await pass(20_000);
    expect(joc.following).toBe(1);
  });
  it('a Controller that JOC does not know has no long poll', async () => {
    const other = new FakeJoc();
    other.answer = 'not-registered';
    saved.set('joc-2', other);
    clusters = [{ ...cluster('e'), joc: { ...clusterJoc(), jocId: 'joc-2' } }];
    await pass(30_000);
    expect(other.times('follow')).toEqual([]);
    expect(watches.observe(clusters[0] as Cluster)?.sees).toMatchObject({ value: 'not-registered' });
  });
});

describe('settings', () => {
  it('another client under the same id is watched anew, the old one left', async () => {
    const next = new FakeJoc();
    saved.set('joc-1', next);
    await pass(500);
    expect(joc.following).toBe(0);
    expect(next.times('see')).toHaveLength(1);
    watches.close();
    await pass(0);
    expect(next.following).toBe(0);
  });
  it('a cluster that has no JOC any more is not asked for', async () => {
    const { joc: _, ...without } = cluster();
    clusters = [without];
    await pass(500);
    joc.clear();
    await pass(60_000);
    expect(joc.asked).toEqual([]);
    expect(watches.observe(cluster())).toBeUndefined();
  });
});
