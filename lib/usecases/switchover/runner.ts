import 'server-only';
/**
 * Drives runs: one loop per run in this process. A run begins with its plan frozen and hashed (I5); after an interruption nothing happens by itself
 * but looking, until a person chooses.
 */
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import { choices } from '../../domain/switchover/decide';
import type { AcceptedWarning, Choice } from '../../domain/switchover/events';
import { type Plan, planCore } from '../../domain/switchover/plan';
import { current, type RunState } from '../../domain/switchover/state';
import type { World } from '../../domain/switchover/world';
import { advance, Ledger } from './advance';
import type { RunContext } from './context';
import { elapsed } from './elapsed';
import { look } from './look';

const LOOK_AGAIN_MS = 100;
const MARK_AGAIN_MS = 2_000;

export interface StartedBy {
  readonly who: string;
  readonly reason: string;
  readonly ticket?: string;
  /** Minutes. */
  readonly timeSpent?: number;
  readonly accepted?: readonly AcceptedWarning[];
}

export interface Runner {
  /** Writes RunStarted and begins. CONFLICT when another run of the cluster has no end. */
  start(plan: Plan, by: StartedBy): Result<string>;
  /** A person's decision. CONFLICT when it is not open now (the world is looked at first). */
  choose(runId: string, choice: Choice, by: { who: string; why?: string }): Promise<Result<void>>;
  /** What is seen now, and what may be chosen. */
  see(runId: string): Promise<Result<{ state: RunState; world: World; choices: readonly Choice[] }>>;
  /** Called once when Handover starts: every run without an end is marked as interrupted. Returns their ids. */
  findInterrupted(): readonly string[];
  /** Resolves when the run waits for a person or has ended. For tests and the command line. */
  settled(runId: string): Promise<void>;
  close(): Promise<void>;
}

export function createRunner(ctx: RunContext): Runner {
  const loops = new Map<string, { done: Promise<void>; readonly ledger: Ledger }>();
  /** Also those that have left their loop and still try to write down that it was lost. */
  const underWay = new Set<{ readonly done: Promise<void>; readonly stop: AbortController }>();

  const open = (runId: string): Ledger => loops.get(runId)?.ledger ?? new Ledger(ctx, runId);
  function drive(ledger: Ledger): void {
    if (ledger.state.phase !== 'working') return;
    const stop = new AbortController();
    const one = { done: Promise.resolve(), ledger };
    loops.set(ledger.runId, one);
    one.done = work(ledger, stop.signal);
    const all = { stop, done: one.done };
    underWay.add(all);
    void one.done.then(() => underWay.delete(all));
  }
  /** Never rejects. A decision that comes while the loop ends is still met: looking at the phase and leaving are one act. */
  async function work(ledger: Ledger, signal: AbortSignal): Promise<void> {
    let how: 'idle' | 'lost' = 'idle';
    while (how === 'idle' && !signal.aborted && ledger.state.phase === 'working')
      how = await loop(ctx, ledger, signal).catch(() => 'lost' as const);
    loops.delete(ledger.runId);
    if (how === 'lost') await markInterrupted(ledger.runId, signal);
  }
  /** The log could not be written, or somebody else has written it: nothing is done on its ground, and a person has to be asked as soon as it can be said. */
  async function markInterrupted(runId: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !loops.has(runId)) {
      const done = attempt(() => {
        const ledger = new Ledger(ctx, runId);
        return ledger.state.phase !== 'working' || ledger.append({ at: ctx.clock.now(), type: 'RunInterrupted' }).ok;
      });
      if (done) return;
      await ctx.sleep(MARK_AGAIN_MS, signal).catch(() => undefined);
    }
  }

  const runner: Runner = {
    start(plan, by) {
      const other = ctx.runs.list({ clusterId: plan.clusterId }).find((r) => r.open);
      if (other)
        return err(
          problem('CONFLICT', `Run ${other.runId} of this cluster has no end yet.`, {
            remedy: 'Continue it, undo it, or take it over by hand first.',
          }),
        );
      const planHash = ctx.hash(planCore(plan));
      const written = ctx.runs.append(plan.runId, plan.clusterId, 0, {
        at: ctx.clock.now(),
        type: 'RunStarted',
        plan,
        planHash,
        by: by.who,
        reason: by.reason,
        ...(by.ticket && { ticket: by.ticket }),
        ...(by.timeSpent !== undefined && { timeSpent: by.timeSpent }),
        ...(by.accepted && { accepted: by.accepted }),
      });
      if (!written.ok) return written;
      ctx.changed(plan.runId);
      drive(new Ledger(ctx, plan.runId));
      return ok(plan.runId);
    },
    async choose(runId, choice, by) {
      const ledger = open(runId);
      const world = await look(ctx, ledger.state);
      if (!choices(ledger.state, world).includes(choice)) {
        return err(
          problem(
            'CONFLICT',
            `"${choice}" is not possible now: the run stands at ${current(ledger.state)} (${ledger.state.stopped?.reason ?? ledger.state.phase}).`,
            { remedy: 'Look at the run’s page for what is possible now.' },
          ),
        );
      }
      const written = ledger.append({ at: ctx.clock.now(), type: 'PersonChose', choice, by: by.who, ...(by.why && { why: by.why }) });
      if (!written.ok) return written;
      if (!loops.has(runId)) drive(ledger);
      return ok(undefined);
    },
    async see(runId) {
      if (ctx.runs.events(runId).length === 0) return err(problem('NOT_FOUND', `There is no run ${runId}.`));
      const { state } = open(runId);
      const world = await look(ctx, state);
      return ok({ state, world, choices: choices(state, world) });
    },
    findInterrupted() {
      const found = ctx.runs.list().filter((r) => r.open && !loops.has(r.runId));
      for (const { runId } of found) {
        // A log that breaks a rule stays as it is, and must not keep the others from being found.
        attempt(() => {
          const ledger = new Ledger(ctx, runId);
          if (ledger.state.phase === 'working') ledger.append({ at: ctx.clock.now(), type: 'RunInterrupted' });
          return true;
        });
      }
      return found.map((r) => r.runId);
    },
    async settled(runId) {
      await loops.get(runId)?.done;
    },
    async close() {
      for (const w of underWay) w.stop.abort();
      await Promise.all([...underWay].map((w) => w.done));
    },
  };
  return runner;
}

/** Until the run asks a person or has ended. An undo chosen meanwhile is met at the next round: between two acts, never inside one. */
async function loop(ctx: RunContext, ledger: Ledger, signal: AbortSignal): Promise<'idle' | 'lost'> {
  let at = key(ledger.state);
  let since = elapsed(ctx);
  while (!signal.aborted) {
    const r = await advance(ctx, ledger, since, signal);
    // The log is not ours any more (another Handover has written), or it cannot be written: nothing may be done without it.
    if (!r.ok) return 'lost';
    if (r.value === 'idle') return 'idle';
    if (key(ledger.state) !== at) {
      at = key(ledger.state);
      since = elapsed(ctx);
    }
    if (r.value === 'wait') await ctx.sleep(LOOK_AGAIN_MS, signal).catch(() => undefined);
  }
  return 'idle';
}
/** False where the store (or the log itself) fails. */
function attempt(work: () => boolean): boolean {
  try {
    return work();
  } catch {
    return false;
  }
}
const key = (s: RunState): string =>
  `${s.mode} ${s.phase} ${Object.values(s.steps)
    .map((x) => `${x.do}${x.undo}`)
    .join(' ')}`;
