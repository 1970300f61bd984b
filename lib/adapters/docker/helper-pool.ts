import 'server-only';
import { randomBytes } from 'node:crypto';
import { ok, type Result } from '../../domain/result';
import type { Connection } from './connection';
import { type Helper, type HelperNeeds, removeLeftovers, removeOtherWriters, startHelper } from './helper';
import type { Inspected } from './instance';

interface Kept {
  readonly helper: Promise<Result<Helper>>;
  readonly needs: HelperNeeds;
  users: number;
  /** How long it is kept without use, ms. */
  idle: number;
  timer?: NodeJS.Timeout;
  /** No helper of another pool writes there. */
  alone?: Promise<Result<void>>;
}
/** `keepMs`: from now on it is kept so long without use. `alone`: only once it is proved that nothing else writes into these volumes, as far as helpers do. */
export interface Borrowing {
  readonly also?: readonly Inspected[] | undefined;
  readonly keepMs?: number | undefined;
  readonly alone?: boolean | undefined;
}

/** Helpers kept for a few seconds after use: reading a state directory takes several questions, and each start costs about half a second. */
export interface HelperPool {
  /**
   * A shared helper; `done` when finished with it. Give `broken: true` when it did not work: the next user gets a new one. One that can do more than is
   * asked for serves too: during a run one helper per side looks and writes.
   *
   * What was broken off in a helper (the connection, a time limit) may go on in it. Where it can write, the helper is therefore removed before `done`
   * resolves; where that cannot be done, before the next one that can write is lent. So two never write at the same time.
   */
  borrow(
    of: Inspected,
    readOnly: boolean,
    o?: Borrowing,
  ): Promise<Result<{ helper: Helper; done(o?: { broken?: boolean }): Promise<void> }>>;
  /** A helper for one command alone. */
  own(needs: HelperNeeds): Promise<Result<Helper>>;
  close(): Promise<void>;
}

export function helperPool(c: Connection): HelperPool {
  const pool = randomBytes(8).toString('hex');
  const kept = new Map<string, Kept>();
  /** Helpers that can write, in which something was broken off and whose end is not proved yet, with the id of their instance. */
  const doubtful = new Map<Helper, string>();
  let tidied = Number.NEGATIVE_INFINITY;

  async function start(needs: HelperNeeds): Promise<Result<Helper>> {
    const made = await startHelper(c, { ...needs, pool });
    if (made.ok && performance.now() - tidied > 60_000) {
      tidied = performance.now();
      void removeLeftovers(c);
    }
    return made;
  }
  async function drop(key: string, entry: Kept): Promise<void> {
    clearTimeout(entry.timer);
    if (kept.get(key) === entry) kept.delete(key);
    const made = await entry.helper;
    if (made.ok) await made.value.remove();
  }

  async function endDoubtful(of: Inspected): Promise<Result<void>> {
    for (const [helper, id] of doubtful) {
      if (id !== of.Id) continue;
      const gone = await helper.remove();
      if (!gone.ok) return gone;
      doubtful.delete(helper);
    }
    return ok(undefined);
  }

  async function forgetDead(key: string, looks: boolean): Promise<void> {
    const entry = kept.get(key);
    const made = await entry?.helper;
    // Whoever only looks tries again with another helper where a warm one turns out to be gone; an act is asked of one that was seen alive.
    if (entry && made?.ok && !(looks && made.value.warm) && !(await made.value.alive()) && kept.get(key) === entry) {
      clearTimeout(entry.timer);
      kept.delete(key);
    }
  }

  return {
    own: start,
    async borrow(of, readOnly, { also = [], keepMs, alone = false } = {}) {
      const needs: HelperNeeds = { of, also, readOnly };
      if (!readOnly) {
        const ended = await endDoubtful(of);
        if (!ended.ok) return ended;
      }
      // The id: a container made anew under the name may have other volumes.
      const own = [of.Id, readOnly, ...also.map((o) => o.Id)].join(' ');
      const able = () => (kept.has(own) && keepMs === undefined ? own : ([...kept].find(([, k]) => suffices(k.needs, needs))?.[0] ?? own));
      await forgetDead(able(), readOnly);
      const key = able();
      const entry: Kept = kept.get(key) ?? { helper: start(needs), needs, users: 0, idle: c.limits.helperIdle };
      entry.idle = Math.max(entry.idle, keepMs ?? 0);
      kept.set(key, entry);
      clearTimeout(entry.timer);
      entry.users++;
      const made = await entry.helper;
      if (!made.ok) {
        if (kept.get(key) === entry) kept.delete(key);
        return made;
      }
      const { value: helper } = made;
      let finished = false;
      const done = async ({ broken = false } = {}): Promise<void> => {
        if (finished) return;
        finished = true;
        entry.users--;
        // Nobody new gets a broken one; the others who use it now find out by themselves.
        if (broken && kept.get(key) === entry) kept.delete(key);
        if (broken && !entry.needs.readOnly) {
          doubtful.set(helper, of.Id);
          await endDoubtful(of);
        } else if (entry.users > 0) return;
        else if (kept.get(key) !== entry) void drop(key, entry);
        else entry.timer = setTimeout(() => void drop(key, entry), entry.idle);
      };
      if (alone) {
        // Once is enough: who is no more starts nothing new.
        entry.alone ??= removeOtherWriters(c, of, pool);
        const proved = await entry.alone;
        if (!proved.ok) {
          delete entry.alone;
          await done();
          return proved;
        }
      }
      return ok({ helper, done });
    },
    async close() {
      await Promise.all([...[...kept].map(([key, entry]) => drop(key, entry)), ...[...doubtful.keys()].map((helper) => helper.remove())]);
    },
  };
}

/** Does a helper made for `has` serve where `needs` are wanted? */
const suffices = (has: HelperNeeds, needs: HelperNeeds): boolean =>
  has.of.Id === needs.of.Id && (needs.readOnly || !has.readOnly) && (needs.also ?? []).every((n) => has.also?.some((h) => h.Id === n.Id));
