import 'server-only';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { WayEvent } from '../../domain/wayback/events';
import { type Store, StoreError } from '../../ports/store';
import type { WayLog } from '../../usecases/wayback/context';

/** Each way back is one fact of the store, under its number; a fact is durable when `set` returns. The audit log, which nothing changes, tells the same story. */
export function openWayLog({ facts }: Pick<Store, 'facts'>): WayLog {
  const countKey = (id: string) => `way-back:${id}`;
  const key = (id: string, n: number) => `way-back:${id}:${n}`;
  const count = (id: string): number => Number(facts.get(countKey(id)) ?? 0);
  const events = (id: string): readonly WayEvent[] => JSON.parse(facts.get(key(id, count(id))) ?? '[]') as WayEvent[];
  const written = (work: () => void): Result<void> => {
    try {
      work();
      return ok(undefined);
    } catch (e) {
      if (e instanceof StoreError) return err(e.problem);
      throw e;
    }
  };
  return {
    count,
    events,
    // The events come first: a number without them would hide the one before.
    begin: (id, event) =>
      written(() => {
        const n = count(id) + 1;
        facts.set(key(id, n), JSON.stringify([event]));
        facts.set(countKey(id), String(n));
      }),
    append: (id, at, event) => {
      const so = events(id);
      if (so.length !== at) return err(problem('CONFLICT', 'The way back has gone on elsewhere.', { remedy: 'Look at it again.' }));
      return written(() => facts.set(key(id, count(id)), JSON.stringify([...so, event])));
    },
  };
}
