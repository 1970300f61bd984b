/** The report of a run: what was asked, done and proved, made from its events alone. JSON as it is, Markdown by report-markdown.ts. */
import type { Problem } from '../errors';
import type { InstanceRef } from '../instance/instance';
import type { Millis } from '../reading';
import type { AcceptedWarning, Evidence, Outcome, RunEvent, RunResult, StopReason, VerifiedFile, Way } from './events';
import { foldRun, left, type RunState } from './state';
import type { StepId } from './steps';

export interface ReportStep {
  readonly step: StepId;
  readonly way: Way;
  readonly outcome: Outcome | 'none';
  readonly beganAt: Millis;
  readonly endedAt?: Millis;
  readonly evidence: readonly Evidence[];
  readonly problem?: Problem;
}
export interface ReportJoc {
  readonly name: string;
  readonly follow: 'name' | 'front' | 'update';
  /** The name that moves, where one does. */
  readonly alias?: string;
  /** URL registered when the run was planned; absent: JOC did not tell. */
  readonly before?: string;
  /** The same when its proxy was seen to follow; absent: it was not seen. */
  readonly after?: string;
  /** Time of its proxy's last event then, by the Controller's clock. */
  readonly proxyAt?: Millis;
  readonly outcome: 'follows' | 'left' | 'not-told';
}
export interface Report {
  readonly runId: string;
  readonly clusterId: string;
  readonly planHash: string;
  readonly result: RunResult | 'open';
  readonly from: { readonly slot: string; readonly ref: InstanceRef; readonly url: string };
  readonly to: { readonly slot: string; readonly ref: InstanceRef; readonly url: string };
  readonly controllerId: string;
  readonly journalId: string;
  readonly by: string;
  readonly reason: string;
  readonly ticket?: string;
  /** Minutes, as JOC Cockpit's audit comment asks for them. */
  readonly timeSpent?: number;
  /** Absent: not written down (a run of an older Handover). */
  readonly accepted?: readonly AcceptedWarning[];
  /** JOC Cockpit before and after. Absent: none follows the cluster. */
  readonly joc?: ReportJoc;
  /** Steps whose goal was missed and that were left: something is still to be done. */
  readonly left: readonly StepId[];
  readonly startedAt: Millis;
  readonly endedAt?: Millis;
  /** From the intent to shut down to the proof that the other one (or, undone, the same one) works. Undefined when nothing was shut down. */
  readonly downMs?: number;
  /** Still down: since when. */
  readonly downSince?: Millis;
  readonly steps: readonly ReportStep[];
  readonly files: readonly VerifiedFile[];
  readonly bytes: number;
  readonly decisions: readonly { readonly at: Millis; readonly by: string; readonly choice: string; readonly why?: string }[];
  readonly stops: readonly { readonly at: Millis; readonly reason: StopReason | 'interrupted'; readonly step?: StepId }[];
}

export function reportOf(events: readonly RunEvent[]): Report {
  const state = foldRun(events);
  const first = events[0] as Extract<RunEvent, { type: 'RunStarted' }>;
  const { plan } = state;
  const files = state.verified ?? [];
  const down = downtime(events);
  return {
    runId: plan.runId,
    clusterId: plan.clusterId,
    planHash: state.planHash,
    result: state.result ?? 'open',
    from: { slot: plan.source.slot, ref: plan.source.ref, url: plan.source.url },
    to: { slot: plan.target.slot, ref: plan.target.ref, url: plan.target.url },
    controllerId: plan.controllerId,
    journalId: plan.journalId,
    by: first.by,
    reason: first.reason,
    ...(first.ticket && { ticket: first.ticket }),
    ...(first.timeSpent !== undefined && { timeSpent: first.timeSpent }),
    ...(first.accepted && { accepted: first.accepted }),
    ...jocOf(state, events),
    left: left(state),
    startedAt: first.at,
    ...(state.endedAt !== undefined && { endedAt: state.endedAt }),
    ...down,
    steps: stepsOf(events),
    files,
    bytes: files.reduce((sum, f) => sum + f.bytes, 0),
    decisions: events.flatMap((e) =>
      e.type === 'PersonChose' ? [{ at: e.at, by: e.by, choice: e.choice, ...(e.why && { why: e.why }) }] : [],
    ),
    stops: events.flatMap((e): Report['stops'][number][] =>
      e.type === 'RunStopped'
        ? [{ at: e.at, reason: e.reason, step: e.step }]
        : e.type === 'RunInterrupted'
          ? [{ at: e.at, reason: 'interrupted' as const }]
          : [],
    ),
  };
}

function stepsOf(events: readonly RunEvent[]): ReportStep[] {
  const steps: ReportStep[] = [];
  for (const [i, e] of events.entries()) {
    if (e.type === 'StepIntended') steps.push({ step: e.step, way: e.way, outcome: 'none', beganAt: e.at, evidence: [] });
    if (e.type !== 'StepEnded') continue;
    const at = steps.findLastIndex((s) => s.step === e.step && s.way === e.way && s.outcome === 'none');
    const began = at >= 0 ? (steps[at]?.beganAt ?? e.at) : (events[i - 1]?.at ?? e.at);
    const ended: ReportStep = {
      step: e.step,
      way: e.way,
      outcome: e.outcome,
      beganAt: began,
      endedAt: e.at,
      evidence: e.evidence,
      ...(e.problem && { problem: e.problem }),
    };
    if (at >= 0) steps[at] = ended;
    else steps.push(ended);
  }
  return steps;
}

function jocOf(state: RunState, events: readonly RunEvent[]): { joc?: ReportJoc } {
  const { joc } = state.plan;
  if (!joc) return {};
  const told = events.findLast((e) => e.type === 'StepEnded' && e.step === 'tell-joc' && e.outcome === 'succeeded');
  const facts = told?.type === 'StepEnded' ? told.evidence.find((e) => e.facts?.url !== undefined)?.facts : undefined;
  return {
    joc: {
      name: joc.name,
      follow: joc.follow,
      ...(joc.move && { alias: joc.move.alias }),
      ...(joc.from !== undefined && { before: joc.from }),
      ...(facts && { after: String(facts.url) }),
      ...(typeof facts?.proxyAt === 'number' && { proxyAt: facts.proxyAt }),
      outcome: told ? 'follows' : left(state).includes('tell-joc') ? 'left' : 'not-told',
    },
  };
}

/** Nobody works from the intent to shut down until somebody was proved to work. */
function downtime(events: readonly RunEvent[]): Pick<Report, 'downMs' | 'downSince'> {
  const from = events.find((e) => e.type === 'StepIntended' && e.step === 'shut-down' && e.way === 'do')?.at;
  if (from === undefined) return {};
  const works = events.find(
    (e) =>
      e.type === 'StepEnded' &&
      e.outcome === 'succeeded' &&
      ((e.step === 'prove-works' && e.way === 'do') || (e.step === 'shut-down' && e.way === 'undo')),
  )?.at;
  // A clock that was set back meanwhile tells nothing.
  return works === undefined ? { downSince: from } : works < from ? {} : { downMs: works - from };
}
