import 'server-only';
/** The set-ups of this process: their context, their runner, and what the pages are told of them. */
import type { SetupAnswer } from '../../contract/setup';
import type { SetupEvent } from '../../domain/setup/setup';
import { foldSetup, type SetupState } from '../../domain/setup/state';
import type { ImageProgress, SetupContext } from '../../usecases/setup/context';
import { createSetupRunner, type SetupRunner } from '../../usecases/setup/runner';
import { setupAnswer } from './answers';
import { createSetupContext, type SetupParts } from './context';

export interface SetupDesk {
  readonly ctx: SetupContext;
  readonly runner: SetupRunner;
  /** Undefined: there is no such set-up, or its log breaks a rule. */
  answer(setupId: string): SetupAnswer | undefined;
  /** Newest first. */
  all(): readonly SetupAnswer[];
  /** The open ones and the last 20: what the stream tells. */
  shown(): readonly SetupAnswer[];
  /** Number of the cluster's set-up without an end. */
  openSetup(clusterId: string): string | undefined;
  close(): Promise<void>;
}
interface Parts extends Omit<SetupParts, 'changed' | 'progress'> {
  onEvent?(events: readonly SetupEvent[], state: SetupState): void;
  /** What `shown` gives reads otherwise now. */
  onChange?(): void;
  onFailure?(what: string, e: unknown): void;
  /** A run keeps the cluster for itself: nothing that was made is taken back meanwhile. */
  runOf(clusterId: string): string | undefined;
}
const SHOWN = 20;
const TOGETHER_MS = 50;

export function openSetupDesk(parts: Parts): SetupDesk {
  const { store } = parts;
  const progress = new Map<string, ImageProgress>();
  let later: ReturnType<typeof setTimeout> | undefined;
  /** What only tells must never break a set-up. */
  const safely = <T>(what: string, work: () => T): T | undefined => {
    try {
      return work();
    } catch (e) {
      parts.onFailure?.(what, e);
      return undefined;
    }
  };
  const tell = () => {
    later ??= setTimeout(() => {
      later = undefined;
      safely('tell the pages of the set-ups', () => parts.onChange?.());
    }, TOGETHER_MS).unref();
  };
  const ctx = createSetupContext({
    ...parts,
    changed: (setupId) => {
      safely(`read set-up ${setupId}`, () => {
        const events = store.setups.events(setupId);
        parts.onEvent?.(events, foldSetup(events));
      });
      tell();
    },
    progress: (setupId, p) => {
      if (p) progress.set(setupId, p);
      else progress.delete(setupId);
      tell();
    },
  });
  const answer = (setupId: string): SetupAnswer | undefined =>
    safely(`read set-up ${setupId}`, () => {
      const events = store.setups.events(setupId);
      if (events.length === 0) return undefined;
      const state = foldSetup(events);
      return setupAnswer(state, {
        progress: progress.get(setupId),
        cluster: store.clusters.get(state.plan.clusterId),
        run: parts.runOf(state.plan.clusterId),
      });
    });
  const answers = (which: (s: { open: boolean }, i: number) => boolean) =>
    store.setups
      .list()
      .filter(which)
      .flatMap((s) => answer(s.setupId) ?? []);
  const runner = createSetupRunner(ctx);
  return {
    ctx,
    runner,
    answer,
    all: () => answers(() => true),
    shown: () => answers((s, i) => s.open || i < SHOWN),
    openSetup: (clusterId) => store.setups.list({ clusterId }).find((s) => s.open)?.setupId,
    async close() {
      clearTimeout(later);
      await runner.close();
    },
  };
}
