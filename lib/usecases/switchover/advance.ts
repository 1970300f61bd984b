import 'server-only';
/**
 * One step of the loop: load, fold, look, decide, write the intent, act, look, write the outcome. `resume` is the same code: there is no
 * other path for "after a crash". Whatever is written is written before the next thing happens (I4).
 */
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import { type Decision, decide, lacking } from '../../domain/switchover/decide';
import type { Evidence, RunEvent } from '../../domain/switchover/events';
import { evidenceOf, leftOf } from '../../domain/switchover/evidence';
import { foldRun, type RunState } from '../../domain/switchover/state';
import { STEP, type StepId } from '../../domain/switchover/steps';
import type { World } from '../../domain/switchover/world';
import type { Message } from '../../domain/text/message';
import type { RunContext } from './context';
import { act, type Doing } from './effects';
import { engineOf } from './effects-fence';
import { elapsed } from './elapsed';
import { look } from './look';

/** `again`: call at once; `wait`: look again soon; `idle`: nothing to do until a person chooses or for ever. */
export type Advanced = 'again' | 'wait' | 'idle';

/** The log of one run, as this process sees it. Every append is checked against what others may have written. */
export class Ledger {
  events: RunEvent[];
  state: RunState;
  constructor(
    private readonly ctx: RunContext,
    readonly runId: string,
  ) {
    this.events = [...ctx.runs.events(runId)];
    this.state = foldRun(this.events);
  }
  /** What an effect said of itself, until its outcome is written. Lost with the process: the look before the outcome is the proof. */
  private said: { readonly step: StepId; readonly messages: readonly Message[] } | undefined;
  hear(step: StepId, messages: readonly Message[]): void {
    this.said = { step, messages };
  }
  heard(step: StepId, at: number): readonly Evidence[] {
    return this.said?.step === step ? this.said.messages.map((said) => ({ at, said })) : [];
  }
  append(event: RunEvent): Result<void> {
    const next = foldRun([...this.events, event]);
    const written = this.ctx.runs.append(this.runId, next.plan.clusterId, this.events.length, event);
    if (!written.ok) return written;
    this.events.push(event);
    this.state = next;
    this.ctx.changed(this.runId);
    return ok(undefined);
  }
}

/** A look this young still counts as the look before the act: it was taken after the act before. */
const LOOK_MS = 250;

/**
 * One round: one look, then every outcome it proves, then at most one act. `since`: when the loop began to wait for the present step, by `elapsed`.
 * Errors are those of the log (CONFLICT: another Handover has written; store failures): then nothing more may be done here.
 */
export async function advance(ctx: RunContext, ledger: Ledger, since: number, signal: AbortSignal): Promise<Result<Advanced>> {
  if (ledger.state.phase !== 'working') return ok('idle');
  const seenAt = elapsed(ctx);
  const world = await look(ctx, ledger.state);
  let waited = elapsed(ctx) - since;
  for (;;) {
    const d = decide(ledger.state, world, waited);
    if (d.kind !== 'settle') return carryOut(ctx, ledger, d, { world, seenAt }, signal);
    const at = ctx.clock.now();
    const settled = ledger.append({
      at,
      type: 'StepEnded',
      step: d.step,
      way: d.way,
      outcome: d.outcome,
      evidence:
        d.outcome === 'succeeded'
          ? [...ledger.heard(d.step, at), ...evidenceOf(d.step, d.way, world, ledger.state, at)]
          : leftOf(d.step, ledger.state, at, world),
      ...(d.noted && { noted: d.noted }),
    });
    if (!settled.ok) return settled;
    waited = 0;
  }
}
interface Seen {
  readonly world: World;
  readonly seenAt: number;
}

async function carryOut(
  ctx: RunContext,
  ledger: Ledger,
  d: Exclude<Decision, { kind: 'settle' }>,
  seen: Seen,
  signal: AbortSignal,
): Promise<Result<Advanced>> {
  const at = ctx.clock.now();
  const write = (event: RunEvent): Result<Advanced> => {
    const r = ledger.append(event);
    return r.ok ? ok('again') : r;
  };
  switch (d.kind) {
    case 'done':
    case 'ask':
      return ok('idle');
    case 'wait':
      return ok('wait');
    case 'end':
      return write({ at, type: 'RunEnded', result: d.result });
    case 'stop':
      return write({ at, type: 'RunStopped', reason: d.reason, step: d.step });
    case 'stop-target':
      return stopTarget(ctx, ledger, d.why);
    case 'act': {
      const orderCount = d.step === 'shut-down' && d.way === 'do' ? seen.world.source.live?.orderCount : undefined;
      const intended = write({ at, type: 'StepIntended', step: d.step, way: d.way, ...(orderCount !== undefined && { orderCount }) });
      if (!intended.ok) return intended;
      const done = await actOnce(ctx, ledger, d, seen, signal);
      // Handover ends: what was cut off has no outcome yet, and the next start finds the intent and looks.
      if (done.ok || signal.aborted) return ok('again');
      return write({
        at: ctx.clock.now(),
        type: 'StepEnded',
        step: d.step,
        way: d.way,
        outcome: 'failed',
        evidence: d.way === 'do' ? leftOf(d.step, ledger.state, ctx.clock.now(), seen.world) : [],
        problem: done.error,
      });
    }
  }
}

/** The last look before the act: what the step needs must hold at this moment, not when it was decided. */
async function actOnce(
  ctx: RunContext,
  ledger: Ledger,
  d: Extract<Decision, { kind: 'act' }>,
  seen: Seen,
  signal: AbortSignal,
): Promise<Result<void>> {
  const { state } = ledger;
  const row = d.way === 'do' ? STEP[d.step] : STEP[d.step].undo;
  if (row && row.needs.length > 0) {
    const world = elapsed(ctx) - seen.seenAt <= LOOK_MS ? seen.world : await look(ctx, state);
    const missing = lacking(state, world, d.step, d.way);
    if (missing.length > 0 && row.goal({ world, plan: state.plan, noted: state.noted }) !== 'reached') {
      return err(
        problem('CONFLICT', `Not done: ${missing.map((n) => n.id).join(', ')} could not be seen at the last look before the act.`, {
          remedy: 'Look at the table of plan and world, then choose.',
        }),
      );
    }
  }
  const started = ledger.events[0];
  const about =
    started?.type === 'RunStarted'
      ? {
          by: started.by,
          reason: started.reason,
          ...(started.ticket && { ticket: started.ticket }),
          ...(started.timeSpent !== undefined && { timeSpent: started.timeSpent }),
        }
      : { by: '', reason: '' };
  const doing: Doing = {
    ctx,
    state,
    about,
    signal,
    said: (messages) => ledger.hear(d.step, messages),
    proved: (type, files) => ledger.append({ at: ctx.clock.now(), type, files }),
  };
  return act(d.step, d.way, doing);
}

/** Another lineage works at the target: it is stopped before anything else, then a person is asked. */
async function stopTarget(
  ctx: RunContext,
  ledger: Ledger,
  why: Extract<Decision, { kind: 'stop-target' }>['why'],
): Promise<Result<Advanced>> {
  const { target } = ledger.state.plan;
  const engine = engineOf(ctx, target);
  const stopped = engine.ok ? await engine.value.stop(target.ref.name, { timeoutSeconds: 30 }) : engine;
  if (!stopped.ok) return ok('wait');
  const said = ledger.append({ at: ctx.clock.now(), type: 'TargetStopped', why });
  if (!said.ok) return said;
  const asked = ledger.append({ at: ctx.clock.now(), type: 'RunStopped', reason: why, step: 'prove-works' });
  return asked.ok ? ok('again') : asked;
}
