import 'server-only';
import type { EngineEvent, EngineInfo } from '../../domain/engine/engine';
import type { ContainerReading, Instance } from '../../domain/instance/instance';
import { type Millis, never, nextReading, type Reading } from '../../domain/reading';
import type { Result } from '../../domain/result';
import type { Engine } from '../../ports/engine';
import { backoff, due, jitter, type Random, TIMES } from './backoff';

export interface EngineWatch {
  readonly engine: Engine;
  info(): Reading<EngineInfo>;
  /** The event stream is open. */
  connected(): boolean;
  container(name: string): Reading<ContainerReading>;
  /** All containers as last seen; empty where nothing is known. */
  instances(): readonly Instance[];
  tick(now: Millis): void;
  /** Looks at one container now. */
  look(name: string): Promise<void>;
  /** Looks at the engine and all containers now. */
  lookAtAll(): Promise<void>;
  close(): void;
}
interface Deps {
  readonly now: () => Millis;
  readonly random: Random;
  /** A reading changed: of the container, or of the engine and so of all. */
  readonly onChange: (name?: string) => void;
  readonly onEvent: (e: EngineEvent) => void;
  /** Does somebody watch this container? Others, of which a host may have many, are only listed again. */
  readonly wanted: (name: string) => boolean;
  readonly onFailure: (what: string, error: unknown) => void;
}

/**
 * Watches one engine: events tell when to look, looking tells what is. Between events a cheap question shows that the engine still answers; then what was seen
 * of its containers holds. All of them are listed again every 15 s, after a gap in the events, and where something came or went.
 */
export function watchEngine(engine: Engine, { now, random, onChange, onEvent, wanted, onFailure }: Deps): EngineWatch {
  const stop = new AbortController();
  let info: Reading<EngineInfo> = never;
  let connected = false;
  let failures = 0;
  let nextPoll = 0;
  let nextList = 0;
  let polling: Promise<void> | undefined;
  /** `seq`: order in which the questions were asked; an answer never replaces that of a later question. */
  const seen = new Map<string, { reading: Reading<ContainerReading>; seq: number }>();
  const looking = new Map<string, { again: boolean; done: Promise<void> }>();
  let lastSeq = 0;
  let listedOnce = false;
  /** Something came, went or may have been missed since the last list was asked for. */
  let outdated = true;

  /** Adapters answer and do not throw; one that does must not end the process. */
  const unwaited = (p: Promise<unknown>): void => void p.catch((e) => onFailure(`engine ${engine.id}`, e));

  function set(name: string, reading: Reading<ContainerReading>, seq: number): boolean {
    const old = seen.get(name);
    if (old && old.seq > seq) return false;
    seen.set(name, { reading, seq });
    return true;
  }
  const readingOf = (name: string): Reading<ContainerReading> =>
    seen.get(name)?.reading ?? (listedOnce && info.kind === 'value' ? { kind: 'value', value: 'absent', at: info.at } : failedAs(info));

  async function inspect(name: string): Promise<void> {
    const [seq, at] = [++lastSeq, now()];
    const r = await engine.inspect(name);
    const outcome: Result<ContainerReading> = r;
    if (!set(name, nextReading(readingOf(name), outcome, at), seq)) return;
    if (!r.ok) nextPoll = 0;
    onChange(name);
  }

  /** One question per container at a time; what is asked for meanwhile is asked once more afterwards. */
  function look(name: string): Promise<void> {
    const running = looking.get(name);
    if (running) {
      running.again = true;
      return running.done;
    }
    const entry = { again: false, done: Promise.resolve() };
    looking.set(name, entry);
    entry.done = (async () => {
      try {
        do {
          entry.again = false;
          await inspect(name);
        } while (entry.again && !stop.signal.aborted);
      } finally {
        looking.delete(name);
      }
    })();
    return entry.done;
  }

  async function list(): Promise<void> {
    const [seq, at] = [++lastSeq, now()];
    outdated = false;
    const r = await engine.list();
    nextList = now() + jitter(TIMES.list, random);
    if (!r.ok) return fail(r, at, seq);
    const names = new Set(r.value.map((i) => i.name));
    for (const i of r.value) set(i.name, { kind: 'value', value: i, at }, seq);
    for (const [name, old] of seen) if (!names.has(name) && old.seq < seq) seen.delete(name);
    listedOnce = true;
  }

  function fail(r: Result<never> & { ok: false }, at: Millis, seq: number): void {
    info = nextReading(info, r, at);
    for (const [name, old] of seen) set(name, nextReading(old.reading, r, at), seq);
  }

  async function poll(): Promise<void> {
    const at = now();
    nextPoll = at + TIMES.engine;
    const r = await engine.describe();
    const wasDown = info.kind !== 'value';
    if (!r.ok) {
      fail(r, at, ++lastSeq);
    } else {
      info = { kind: 'value', value: r.value, at };
      if (wasDown || !connected || outdated || due(now(), nextList)) await list();
      // It answers, and its events come: what was seen holds as of now.
      else
        for (const old of seen.values())
          if (old.reading.kind === 'value') old.reading = { ...old.reading, at: Math.max(at, old.reading.at) };
    }
    failures = info.kind === 'failed' ? failures + 1 : 0;
    nextPoll = now() + (failures > 0 ? backoff(failures, random) : jitter(TIMES.engine, random));
    onChange();
  }
  const pollNow = (): Promise<void> => {
    polling ??= poll().finally(() => {
      polling = undefined;
    });
    return polling;
  };

  const watching = engine.watch(
    {
      onEvent(e) {
        onEvent(e);
        const ours = wanted(e.instance);
        if (!ours || e.kind === 'created' || e.kind === 'renamed' || e.kind === 'destroyed') {
          outdated = true;
          // Many events of strangers make one list in a second.
          nextPoll = Math.min(nextPoll, ours ? 0 : now() + 1000);
        }
        if (ours) unwaited(look(e.instance));
      },
      onConnection(up) {
        connected = up;
        outdated = true;
        nextPoll = 0;
      },
    },
    stop.signal,
  );
  unwaited(watching);

  return {
    engine,
    info: () => info,
    connected: () => connected,
    container: readingOf,
    instances: () => [...seen.values()].flatMap(({ reading: r }) => (r.kind === 'value' && r.value !== 'absent' ? [r.value] : [])),
    tick(at) {
      if (due(at, nextPoll) && !polling) unwaited(pollNow());
    },
    look,
    async lookAtAll() {
      outdated = true;
      await polling;
      await pollNow();
    },
    close: () => stop.abort(),
  };
}

/** A container nobody has seen on an engine that does not answer: the engine's own failure. */
const failedAs = (info: Reading<EngineInfo>): Reading<ContainerReading> =>
  info.kind === 'failed' ? { kind: 'failed', error: info.error, since: info.since, at: info.at } : never;
