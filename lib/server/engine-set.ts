import 'server-only';
import { openDockerEngine } from '../adapters/docker/open';
import type { EngineId, EngineSettings } from '../domain/engine/engine';
import type { Clock } from '../ports/clock';
import type { Engine } from '../ports/engine';

/** The engines that are open now, one connection set each. */
export interface EngineSet {
  get(id: EngineId): Engine | undefined;
  all(): readonly Engine[];
  /** Opens, or opens anew with other settings. Asks nothing and never fails: the first question shows whether it is there. */
  open(settings: EngineSettings): Engine;
  /** An engine that is used once and closed by the caller: for a test of settings. */
  once(settings: EngineSettings): Engine;
  close(id: EngineId): Promise<void>;
  closeAll(): Promise<void>;
}

/** `rehearsal` gives the engines of the rehearsal world; it keeps them, so they are not closed here. */
export function createEngineSet(clock: Clock, rehearsal: (id: EngineId) => Engine | undefined): EngineSet {
  const open = new Map<EngineId, { engine: Engine; close(): Promise<void> }>();
  const make = (settings: EngineSettings): { engine: Engine; close(): Promise<void> } => {
    if (settings.address.kind !== 'rehearsal') {
      const engine = openDockerEngine(settings, { clock });
      return { engine, close: () => engine.close() };
    }
    const engine = rehearsal(settings.id);
    if (!engine) throw new Error(`The rehearsal world has no engine "${settings.id}".`);
    return { engine, close: async () => {} };
  };
  const close = async (id: EngineId) => {
    const was = open.get(id);
    open.delete(id);
    await was?.close();
  };
  return {
    get: (id) => open.get(id)?.engine,
    all: () => [...open.values()].map((e) => e.engine),
    once: (settings) => make(settings).engine,
    open(settings) {
      const made = make(settings);
      void close(settings.id);
      open.set(settings.id, made);
      return made.engine;
    },
    close,
    async closeAll() {
      await Promise.allSettled([...open.keys()].map(close));
    },
  };
}
