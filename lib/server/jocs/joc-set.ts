import 'server-only';
import type { JocFacts, JocId, JocSettings } from '../../domain/joc/joc';
import { never, nextReading, type Reading } from '../../domain/reading';
import type { Clock } from '../../ports/clock';
import type { JocClient, OpenJoc } from '../../ports/joc';
import type { Store } from '../../ports/store';
import { backoff, jitter } from '../../usecases/observe/backoff';
import type { JocOf } from '../../usecases/observe/joc-watch';

/** A look of its own after so long without any; two requests each (adapters/joc/look.ts). After failures sooner: from 1 s up to the second. */
const EVERY_MS = 60_000;
const FAILED_MS = 15_000;
const TICK_MS = 500;

/** The saved JOC Cockpits, one client each for all who ask: one session there, one memory of a refused password. */
export interface JocSet {
  client(id: JocId): JocClient | undefined;
  settings(id: JocId): JocSettings | undefined;
  /** For the watcher of clusters. */
  readonly of: JocOf;
  /** What it last said of itself, whoever asked. */
  facts(id: JocId): Reading<JocFacts>;
  /** JOC Cockpits were saved or removed: those that changed get a new client. `again`: this one too, if its login was refused: it may have been put right there. */
  reload(again?: JocId): void;
  closeAll(): Promise<void>;
}

interface One {
  readonly settings: JocSettings;
  /** All but the container, which is no matter of the connection. */
  readonly key: string;
  readonly client: JocClient;
  facts: Reading<JocFacts>;
  nextAt: number;
  failures: number;
  asking: boolean;
}
interface Parts {
  readonly store: Pick<Store, 'jocs'>;
  readonly clock: Clock;
  readonly open: OpenJoc;
  readonly onChange: () => void;
  readonly random?: () => number;
}

export function createJocSet({ store, clock, open, onChange, random = Math.random }: Parts): JocSet {
  const jocs = new Map<JocId, One>();

  function make(settings: JocSettings, key: string): One {
    const raw = open(settings);
    const one: One = {
      settings,
      key,
      facts: never,
      nextAt: 0,
      failures: 0,
      asking: false,
      client: {
        ...raw,
        async look() {
          const at = clock.now();
          const r = await raw.look();
          const before = one.facts;
          one.facts = nextReading(before, r, at);
          one.failures = r.ok ? 0 : one.failures + 1;
          one.nextAt = clock.now() + (r.ok ? jitter(EVERY_MS, random) : Math.max(1_000, backoff(one.failures, random, FAILED_MS)));
          if (jocs.get(settings.id) === one) onChange();
          return r;
        },
      },
    };
    return one;
  }
  const end = (one: One) => one.client.close();
  const reload = (again?: JocId) => {
    const now = store.jocs.all();
    for (const [id, one] of jocs) {
      if (now.some((s) => s.id === id)) continue;
      jocs.delete(id);
      void end(one);
    }
    for (const settings of now) {
      const { container: _, name: _n, ...rest } = settings;
      const key = JSON.stringify(rest);
      const was = jocs.get(settings.id);
      const retry = settings.id === again && was?.facts.kind === 'failed' && was.facts.error.code === 'JOC_LOGIN_REFUSED';
      if (was?.key === key && !retry) {
        jocs.set(settings.id, Object.assign(was, { settings }));
        continue;
      }
      jocs.set(settings.id, make(settings, key));
      if (was) void end(was);
    }
    onChange();
  };
  const tick = () => {
    for (const one of jocs.values()) {
      if (one.asking || clock.now() < one.nextAt) continue;
      one.asking = true;
      void one.client.look().finally(() => {
        one.asking = false;
      });
    }
  };
  const timer = setInterval(tick, TICK_MS).unref();
  return {
    client: (id) => jocs.get(id)?.client,
    settings: (id) => jocs.get(id)?.settings,
    of(id) {
      const one = jocs.get(id);
      if (!one) return undefined;
      const { name, url, container } = one.settings;
      return { client: one.client, settings: { id, name, url, ...(container && { container }) } };
    },
    facts: (id) => jocs.get(id)?.facts ?? never,
    reload,
    async closeAll() {
      clearInterval(timer);
      const all = [...jocs.values()];
      jocs.clear();
      await Promise.allSettled(all.map(end));
    },
  };
}
