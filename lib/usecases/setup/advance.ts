import 'server-only';
/** One round of the loop: look, decide, write the intent, look, act, look, write the outcome. Resume is the same code: there is no other path for "after a crash". */
import type { Problem } from '../../domain/errors';
import { ok, type Result } from '../../domain/result';
import { decideSetup, sightOf } from '../../domain/setup/decide';
import { setupEvidence } from '../../domain/setup/evidence';
import type { SetupEvent, SetupStepId } from '../../domain/setup/setup';
import { foldSetup, type SetupState } from '../../domain/setup/state';
import { SETUP_STEP, SETUP_UNDO } from '../../domain/setup/steps';
import type { Message } from '../../domain/text/message';
import { actSetup } from './act';
import type { FormAccess, SetupContext } from './context';
import { lookSetup } from './look';

/** The log of one set-up, as this process sees it. Every append is checked against what others may have written. */
export class SetupLedger {
  events: SetupEvent[];
  state: SetupState;
  /** What an act could tell beyond the plan; lost with the process. */
  said: readonly Message[] | undefined;
  constructor(
    private readonly ctx: SetupContext,
    readonly setupId: string,
    readonly access?: FormAccess,
  ) {
    this.events = [...ctx.setups.events(setupId)];
    this.state = foldSetup(this.events);
  }
  append(event: SetupEvent): Result<void> {
    const next = foldSetup([...this.events, event]);
    const written = this.ctx.setups.append(this.setupId, next.plan.clusterId, this.events.length, event);
    if (!written.ok) return written;
    this.events.push(event);
    this.state = next;
    this.ctx.changed(this.setupId);
    return ok(undefined);
  }
}
/** `again`: call at once; `wait`: look again soon; `idle`: nothing to do until a person chooses or for ever. */
export type Advanced = 'again' | 'wait' | 'idle';

/** Errors are those of the log: then nothing more may be done here. `signal`: aborted when the act is to be broken off. */
export async function advanceSetup(ctx: SetupContext, ledger: SetupLedger, since: number, signal: AbortSignal): Promise<Result<Advanced>> {
  if (ledger.state.phase !== 'working') return ok('idle');
  const looked = ledger.events.length;
  const world = await lookSetup(ctx, ledger.state);
  // A person has chosen meanwhile: what was seen was looked at for another purpose.
  if (looked !== ledger.events.length) return ok('again');
  const d = decideSetup(ledger.state, world, ctx.clock.now() - since);
  const at = ctx.clock.now();
  const write = (event: SetupEvent): Result<Advanced> => put(ledger, event);
  switch (d.kind) {
    case 'done':
    case 'ask':
      return ok('idle');
    case 'wait':
      return ok('wait');
    case 'end':
      return write({ type: 'SetupEnded', at, outcome: d.outcome });
    case 'stop':
      return write({ type: 'SetupStopped', at, reason: d.reason, step: d.step });
    case 'settle': {
      const said = ledger.said ?? setupEvidence(d.step, d.undo, ledger.state.plan, d.kept);
      ledger.said = undefined;
      return write({
        type: 'StepEnded',
        at,
        step: d.step,
        undo: d.undo,
        outcome: 'succeeded',
        evidence: said,
        ...(d.kept && { kept: d.kept }),
      });
    }
    case 'act': {
      const intended = write({ type: 'StepIntended', at, step: d.step, undo: d.undo });
      if (!intended.ok) return intended;
      return actOnce(ctx, ledger, d.step, d.undo, signal);
    }
  }
}

/** The last look before the act: what stands against it counts at this moment, not when it was decided. */
async function actOnce(
  ctx: SetupContext,
  ledger: SetupLedger,
  step: SetupStepId,
  undo: boolean,
  signal: AbortSignal,
): Promise<Result<Advanced>> {
  const { state } = ledger;
  const written = ledger.events.length;
  const world = await lookSetup(ctx, state);
  if (ledger.events.length !== written) return ok('again');
  const row = undo ? SETUP_UNDO[step] : SETUP_STEP[step];
  const sight = sightOf(state, world);
  const goal = row?.goal(sight);
  // Reached already, or something stands against it: the next round writes that down.
  if (!row || goal === 'reached' || typeof goal === 'object' || row.against?.(sight) !== undefined) return ok('again');
  const done = await actSetup(step, undo, { ctx, state, plan: state.plan, world, signal, ...(ledger.access && { access: ledger.access }) });
  // A person has chosen otherwise meanwhile, or Handover ends: what was cut off has no outcome, and the next look tells.
  if (ledger.events.length !== written || signal.aborted) return ok('again');
  const at = ctx.clock.now();
  if (!done.ok) return put(ledger, { type: 'StepEnded', at, step, undo, outcome: 'failed', evidence: [], problem: done.error });
  const result = done.value ?? {};
  ledger.said = result.said;
  if (!result.kept) return ok('again');
  return put(ledger, {
    type: 'StepEnded',
    at,
    step,
    undo,
    outcome: 'succeeded',
    evidence: setupEvidence(step, undo, state.plan, result.kept),
    kept: result.kept,
  });
}
const put = (ledger: SetupLedger, event: SetupEvent): Result<Advanced, Problem> => {
  const r = ledger.append(event);
  return r.ok ? ok('again') : r;
};
