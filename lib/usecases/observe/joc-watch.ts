import 'server-only';
/**
 * Watches JOC Cockpits with as few requests as the picture needs: one `events` long poll per JOC and Controller ID tells when to look; without one, a look every
 * TIMES.joc. What JOC says of itself is asked seldom. Several clusters of one JOC share its client and its facts.
 */
import type { Cluster } from '../../domain/cluster/cluster';
import type { JocFacts, JocId, JocObservation, JocReading, JocSettings } from '../../domain/joc/joc';
import { type Millis, never, nextReading, type Reading } from '../../domain/reading';
import type { Result } from '../../domain/result';
import type { JocClient } from '../../ports/joc';
import { backoff, due, jitter, type Random } from './backoff';
import { sameSubstance } from './same';

/** The one client of a saved JOC, and what a page may see of its settings. Another client under the same id is a new connection: it is watched anew. */
export interface JocSource {
  readonly client: JocClient;
  readonly settings: Pick<JocSettings, 'id' | 'name' | 'url' | 'container'>;
}
export type JocOf = (id: JocId) => JocSource | undefined;

/** ms. Requests per minute at rest: 3 looks of 2, 1 long poll, and what JOC says of itself once in 5 min. */
export const JOC_TIMES = {
  see: 20_000,
  /** After an event; longer and longer up to `see` while events change nothing that is shown (a busy JOC). */
  gap: 3_000,
  facts: 300_000,
  maxBackoff: 30_000,
} as const;

export interface JocWatches {
  /** What is to be watched from now on. What stays the same goes on undisturbed. */
  tick(clusters: readonly Cluster[]): void;
  observe(cluster: Cluster): JocObservation | undefined;
  /** Something happens to the cluster: look soon. */
  hurry(cluster: Cluster): void;
  /** Asks now. */
  look(cluster: Cluster): Promise<void>;
  close(): void;
}
interface Deps {
  readonly jocOf: JocOf;
  readonly now: () => Millis;
  readonly random: Random;
  readonly onChange: (jocId: JocId, controllerId: string) => void;
  readonly onFailure: (what: string, error: unknown) => void;
}

interface Asked<T> {
  readonly reading: () => Reading<T>;
  readonly tick: () => void;
  readonly look: () => Promise<void>;
  /** At `at` at the latest. */
  readonly by: (at: Millis) => void;
}
/** One question, asked again after `every()` ms, after a failure later and later. Never twice at once. */
function asking<T>(
  ask: () => Promise<Result<T>>,
  every: number,
  deps: Deps,
  on: (before: Reading<T>, after: Reading<T>) => void,
): Asked<T> {
  let reading: Reading<T> = never;
  let nextAt = 0;
  let failures = 0;
  let asked: Promise<void> | undefined;
  /** It was hinted at while the answer was under way: that may be older than what happened. */
  let hinted = false;
  async function once(): Promise<void> {
    const at = deps.now();
    hinted = false;
    const r = await ask();
    failures = r.ok ? 0 : failures + 1;
    const wait = r.ok ? jitter(every, deps.random) : Math.max(1_000, backoff(failures, deps.random, JOC_TIMES.maxBackoff));
    nextAt = deps.now() + (hinted ? Math.min(wait, JOC_TIMES.gap) : wait);
    const before = reading;
    reading = nextReading(reading, r, at);
    on(before, reading);
  }
  const look = (): Promise<void> => {
    asked ??= once().finally(() => {
      asked = undefined;
    });
    return asked;
  };
  return {
    reading: () => reading,
    tick() {
      if (!asked && due(deps.now(), nextAt, JOC_TIMES.facts)) look().catch((e) => deps.onFailure('a JOC Cockpit', e));
    },
    async look() {
      await asked;
      await look();
    },
    by(at) {
      hinted = true;
      nextAt = Math.min(nextAt, at);
    },
  };
}

interface SeesWatch extends Asked<JocReadingValue> {
  /** Soon, but never more often than after events. */
  hurry(): void;
  close(): void;
}
type JocReadingValue = Extract<JocReading, { kind: 'value' }>['value'];

function watchController(client: JocClient, controllerId: string, deps: Deps, onChange: () => void): SeesWatch {
  const stop = new AbortController();
  let following = false;
  let followAt = 0;
  let followFailures = 0;
  let gap: number = JOC_TIMES.gap;
  let lastAt = 0;
  /** Since the last look. */
  let events = false;
  const sees = asking(
    () => client.see(controllerId),
    JOC_TIMES.see,
    deps,
    (before, after) => {
      if (stop.signal.aborted) return;
      lastAt = deps.now();
      const same = before.kind === 'value' && after.kind === 'value' && sameSubstance(told(before.value), told(after.value));
      // Events that change nothing make it slower; where there were none, the next one is news again.
      gap = same && events ? Math.min(gap * 2, JOC_TIMES.see) : JOC_TIMES.gap;
      events = false;
      if (after.kind === 'value' && after.value !== 'not-registered') follow();
      onChange();
    },
  );
  function follow(): void {
    if (following || !due(deps.now(), followAt, JOC_TIMES.maxBackoff)) return;
    following = true;
    const onEvents = () => {
      followFailures = 0;
      events = true;
      sees.by(lastAt + gap);
    };
    client
      .follow({ controllerId, onEvents, signal: stop.signal })
      .then((end) => {
        followFailures += 1;
        followAt = deps.now() + Math.max(1_000, backoff(followFailures, deps.random, JOC_TIMES.maxBackoff));
        // It broke off: JOC may be gone. One look tells.
        if (!end.ok) sees.by(lastAt + JOC_TIMES.gap);
      })
      .catch((e) => deps.onFailure('the events of a JOC Cockpit', e))
      .finally(() => {
        following = false;
      });
  }
  return { ...sees, hurry: () => sees.by(Math.max(deps.now(), lastAt + JOC_TIMES.gap)), close: () => stop.abort() };
}
/** The time of the proxy's last event goes on with every event: it alone is no change that a page waits for. */
const told = (v: JocReadingValue): unknown => (v === 'not-registered' ? v : { ...v, proxyAt: v.proxyAt !== undefined });

interface OneJoc {
  readonly source: JocSource;
  readonly facts: Asked<JocFacts>;
  readonly controllers: Map<string, SeesWatch>;
}

export function watchJocs(deps: Deps): JocWatches {
  const jocs = new Map<JocId, OneJoc>();
  const closeOne = (id: JocId, one: OneJoc): void => {
    for (const w of one.controllers.values()) w.close();
    jocs.delete(id);
  };
  function open(source: JocSource): OneJoc {
    const { id } = source.settings;
    const one: OneJoc = {
      source,
      controllers: new Map(),
      facts: asking(
        () => source.client.look(),
        JOC_TIMES.facts,
        deps,
        () => {
          for (const controllerId of one.controllers.keys()) deps.onChange(id, controllerId);
        },
      ),
    };
    jocs.set(id, one);
    return one;
  }
  function watch(one: OneJoc, controllerId: string): void {
    const { id } = one.source.settings;
    const w = watchController(one.source.client, controllerId, deps, () => {
      // A JOC that comes back may be another version, or not the active one any more.
      if (w.reading().kind === 'value' && one.facts.reading().kind === 'failed') one.facts.by(deps.now());
      deps.onChange(id, controllerId);
    });
    one.controllers.set(controllerId, w);
  }
  function begin(id: JocId, controllerId: string): void {
    const source = deps.jocOf(id);
    if (!source) return;
    const one = jocs.get(id) ?? open(source);
    if (!one.controllers.has(controllerId)) watch(one, controllerId);
  }
  const of = (c: Cluster): { one: OneJoc; w: SeesWatch } | undefined => {
    const one = c.joc && jocs.get(c.joc.jocId);
    const w = one?.controllers.get(c.controllerId);
    return one && w && { one, w };
  };

  return {
    tick(clusters) {
      const wanted = new Map<JocId, Set<string>>();
      for (const { joc, controllerId } of clusters) if (joc) wanted.set(joc.jocId, (wanted.get(joc.jocId) ?? new Set()).add(controllerId));
      for (const [id, one] of jocs) if (!wanted.has(id) || deps.jocOf(id)?.client !== one.source.client) closeOne(id, one);
      for (const [id, controllerIds] of wanted) {
        const source = deps.jocOf(id);
        if (!source) continue;
        const one = jocs.get(id) ?? open(source);
        for (const [controllerId, w] of one.controllers)
          if (!controllerIds.has(controllerId)) {
            w.close();
            one.controllers.delete(controllerId);
          }
        for (const controllerId of controllerIds) if (!one.controllers.has(controllerId)) watch(one, controllerId);
        one.facts.tick();
        for (const w of one.controllers.values()) w.tick();
      }
    },
    observe(cluster) {
      const found = of(cluster);
      return found && { settings: found.one.source.settings, facts: found.one.facts.reading(), sees: found.w.reading() };
    },
    hurry: (cluster) => of(cluster)?.w.hurry(),
    async look(cluster) {
      // Registered a moment ago: not only from the next beat on.
      if (cluster.joc && !of(cluster)) begin(cluster.joc.jocId, cluster.controllerId);
      const found = of(cluster);
      if (found) await Promise.all([found.w.look(), found.one.facts.look()]);
    },
    close() {
      for (const [id, one] of jocs) closeOne(id, one);
    },
  };
}
