import 'server-only';
import type { RunState } from '../../domain/switchover/state';
import type { World } from '../../domain/switchover/world';
import type { RunContext } from '../../usecases/switchover/context';
import { look } from '../../usecases/switchover/look';

/** A look this young serves every browser that asks. */
const SHARED_MS = 1_000;

interface Seen {
  readonly world: World;
  readonly at: number;
}
export interface SharedLook {
  /** The world as a run sees it: one look at a time per run, at most one a second, for all who ask. `at` = when it was begun. */
  of(state: RunState): Promise<Seen>;
  /** The next one looks anew. */
  forget(runId: string): void;
}

export function createSharedLook(ctx: RunContext): SharedLook {
  const last = new Map<string, { readonly at: number; readonly seen: Promise<Seen> }>();
  return {
    of(state) {
      const { runId } = state.plan;
      const now = ctx.clock.now();
      const known = last.get(runId);
      if (known && now - known.at < SHARED_MS) return known.seen;
      const seen = look(ctx, state).then((world) => ({ world, at: now }));
      last.set(runId, { at: now, seen });
      seen.catch(() => last.delete(runId));
      return seen;
    },
    forget: (runId) => void last.delete(runId),
  };
}
