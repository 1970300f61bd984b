import 'server-only';
/** Drives set-ups: one loop per set-up in this process. After an interruption nothing happens by itself until a person chooses. */
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import { currentSetupStep, setupChoices } from '../../domain/setup/decide';
import type { SetupPlan } from '../../domain/setup/setup';
import { advanceSetup, SetupLedger } from './advance';
import type { FormAccess, SetupContext } from './context';

const LOOK_AGAIN_MS = 200;
const MARK_AGAIN_MS = 2_000;

export interface SetupRunner {
  /** Writes SetupStarted and begins. CONFLICT when another set-up of the cluster has no end. */
  start(plan: SetupPlan, o: { hash: string; who: string; access?: FormAccess }): Result<string>;
  /** A person's decision. Undo breaks off what is under way. CONFLICT when it is not open now. */
  choose(setupId: string, choice: 'continue' | 'undo', who: string): Result<void>;
  /** Called once when Handover starts: every one without an end is marked as interrupted. Returns their ids. */
  findInterrupted(): readonly string[];
  /** Resolves when it waits for a person or has ended. */
  settled(setupId: string): Promise<void>;
  close(): Promise<void>;
}
interface Loop {
  done: Promise<void>;
  readonly ledger: SetupLedger;
  readonly stop: AbortController;
  /** Of the act that is under way. */
  acting: AbortController;
}

export function createSetupRunner(ctx: SetupContext): SetupRunner {
  const loops = new Map<string, Loop>();
  const secrets = new Map<string, FormAccess>();
  let closed = false;

  function drive(ledger: SetupLedger): void {
    const loop: Loop = { done: Promise.resolve(), ledger, stop: new AbortController(), acting: new AbortController() };
    loops.set(ledger.setupId, loop);
    loop.done = work(loop);
  }
  /** Never rejects. */
  async function work(loop: Loop): Promise<void> {
    const { ledger, stop } = loop;
    let lost = false;
    while (!lost && !stop.signal.aborted && ledger.state.phase === 'working')
      lost = (await rounds(loop).catch(() => 'lost' as const)) === 'lost';
    loops.delete(ledger.setupId);
    if (lost) await markInterrupted(ledger.setupId, stop.signal);
  }
  async function rounds(loop: Loop): Promise<'idle' | 'lost'> {
    let since = ctx.clock.now();
    let length = loop.ledger.events.length;
    while (!loop.stop.signal.aborted) {
      if (loop.acting.signal.aborted) loop.acting = new AbortController();
      const signal = AbortSignal.any([loop.stop.signal, loop.acting.signal]);
      const r = await advanceSetup(ctx, loop.ledger, since, signal);
      if (!r.ok) return 'lost';
      if (r.value === 'idle') return 'idle';
      if (length !== loop.ledger.events.length) {
        length = loop.ledger.events.length;
        since = ctx.clock.now();
      }
      if (r.value === 'wait') await ctx.sleep(LOOK_AGAIN_MS, signal).catch(() => undefined);
    }
    return 'idle';
  }
  /** The log could not be written, or somebody else has written it: a person has to be asked as soon as that can be said. */
  async function markInterrupted(setupId: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !closed && !loops.has(setupId)) {
      if (attempt(() => interrupt(setupId))) return;
      await ctx.sleep(MARK_AGAIN_MS, signal).catch(() => undefined);
    }
  }
  function interrupt(setupId: string): boolean {
    const ledger = new SetupLedger(ctx, setupId);
    if (ledger.state.phase !== 'working') return true;
    return ledger.append({ type: 'SetupStopped', at: ctx.clock.now(), reason: 'interrupted', step: currentSetupStep(ledger.state) }).ok;
  }

  return {
    start(plan, { hash, who, access }) {
      const other = ctx.setups.list({ clusterId: plan.clusterId }).find((s) => s.open);
      if (other)
        return err(
          problem('CONFLICT', `Set-up ${other.setupId} of this cluster has no end yet.`, { remedy: 'Continue it or undo it first.' }),
        );
      const written = ctx.setups.append(plan.setupId, plan.clusterId, 0, { type: 'SetupStarted', at: ctx.clock.now(), plan, hash, who });
      if (!written.ok) return written;
      ctx.changed(plan.setupId);
      if (access) secrets.set(plan.setupId, access);
      drive(new SetupLedger(ctx, plan.setupId, access));
      return ok(plan.setupId);
    },
    choose(setupId, choice, who) {
      if (ctx.setups.events(setupId).length === 0) return err(problem('NOT_FOUND', `There is no set-up ${setupId}.`));
      const loop = loops.get(setupId);
      const ledger = loop?.ledger ?? new SetupLedger(ctx, setupId, secrets.get(setupId));
      if (!setupChoices(ledger.state).includes(choice))
        return err(problem('CONFLICT', `"${choice}" is not possible now.`, { remedy: 'Look at the set-up’s page for what is possible.' }));
      const written = ledger.append({ type: 'Chosen', at: ctx.clock.now(), choice, who });
      if (!written.ok) return written;
      if (loop) loop.acting.abort();
      else drive(ledger);
      return ok(undefined);
    },
    findInterrupted() {
      const found = ctx.setups.list().filter((s) => s.open && !loops.has(s.setupId));
      // A log that breaks a rule stays as it is, and must not keep the others from being found.
      for (const { setupId } of found) attempt(() => interrupt(setupId));
      return found.map((s) => s.setupId);
    },
    async settled(setupId) {
      await loops.get(setupId)?.done;
    },
    async close() {
      closed = true;
      const all = [...loops.values()];
      for (const { stop } of all) stop.abort();
      await Promise.all(all.map((l) => l.done));
    },
  };
}
const attempt = (work: () => boolean): boolean => {
  try {
    return work();
  } catch {
    return false;
  }
};
