import 'server-only';
/** What the pages of the runbook show, made from plan, events and one look at the world. Pure: everything is given. */
import type { PlanAnswer, PlanSideAnswer, PlanStepAnswer, RunAnswer, RunLogLine, RunStepAnswer, RunSummary } from '../../contract/runs';
import { commandsOf } from '../../domain/switchover/commands';
import { compare, names, recommend } from '../../domain/switchover/compare';
import { targetWorks } from '../../domain/switchover/dangers';
import { earlyStart } from '../../domain/switchover/early-start';
import type { Choice, RunEvent } from '../../domain/switchover/events';
import { expectedDownMs, expectedMs, expectedRunMs } from '../../domain/switchover/expected';
import type { Plan, PlanSide } from '../../domain/switchover/plan';
import { reportOf } from '../../domain/switchover/report';
import { current, type RunState } from '../../domain/switchover/state';
import { STEP, type StepId, UNDO_ORDER } from '../../domain/switchover/steps';
import type { World } from '../../domain/switchover/world';
import type { Message } from '../../domain/text/message';
import type { Progress } from '../../usecases/switchover/context';

export type EngineName = (id: string) => string;
export interface Images {
  readonly source: string;
  readonly target: string;
}

const side = (s: PlanSide, engine: EngineName): PlanSideAnswer => ({
  slot: s.slot,
  name: s.ref.name,
  engine: engine(s.ref.engineId),
  url: s.url,
});
const stepText = (step: StepId, what: 'title' | 'why' | 'undo', plan: Plan): Message => ({
  key: `step.${step}.${what}`,
  params: names({ plan }),
});

function stepAnswer(step: StepId, i: number, plan: Plan, images: Images): PlanStepAnswer {
  const row = STEP[step];
  return {
    step,
    number: i + 1,
    title: stepText(step, 'title', plan),
    why: stepText(step, 'why', plan),
    ...(row.undo && { undo: stepText(step, 'undo', plan) }),
    expectedMs: expectedMs(step, plan),
    down: row.down,
    afterPoint: row.afterPoint,
    commands: commandsOf(step, plan, images),
  };
}

export function planAnswer(plan: Plan, hash: string, images: Images, engine: EngineName): PlanAnswer {
  return {
    hash,
    variant: plan.variant,
    source: side(plan.source, engine),
    target: side(plan.target, engine),
    journalId: plan.journalId,
    journalBytes: plan.journalBytes,
    ...(plan.orderCount !== undefined && { orderCount: plan.orderCount }),
    steps: plan.steps.map((s, i) => stepAnswer(s, i, plan, images)),
    expectedMs: expectedRunMs(plan),
    ...(plan.joc && { joc: plan.joc }),
    expectedDownMs: expectedDownMs(plan),
  };
}

export function summaryOf(events: readonly RunEvent[], state: RunState, clusterName: string, engine: EngineName): RunSummary {
  const { plan } = state;
  const report = reportOf(events);
  const step = current(state);
  return {
    runId: plan.runId,
    clusterId: plan.clusterId,
    clusterName,
    from: side(plan.source, engine),
    to: side(plan.target, engine),
    by: report.by,
    reason: report.reason,
    ...(report.ticket && { ticket: report.ticket }),
    startedAt: state.startedAt,
    ...(state.endedAt !== undefined && { endedAt: state.endedAt }),
    state: state.phase,
    mode: state.mode,
    ...(state.result && { result: state.result }),
    ...(state.stopped && { stopped: state.stopped }),
    step,
    number: plan.steps.indexOf(step) + 1,
    of: plan.steps.length,
    ...(report.downMs !== undefined && { downMs: report.downMs }),
    ...(report.downSince !== undefined && { downSince: report.downSince }),
    ...(report.left.length > 0 && { left: report.left }),
  };
}

export interface Looked {
  readonly world: World;
  readonly choices: readonly Choice[];
  readonly at: number;
}

export function runAnswer(
  events: readonly RunEvent[],
  state: RunState,
  clusterName: string,
  images: Images,
  engine: EngineName,
  looked: Looked | undefined,
  progress: Progress | undefined,
): RunAnswer {
  const { plan } = state;
  const compared = looked && state.phase !== 'ended' ? compare(state, looked.world) : [];
  const choices = looked?.choices ?? [];
  const advice =
    state.phase === 'asking' ? recommend(choices, compared, looked !== undefined && targetWorks(state, looked.world)) : { why: [] };
  const report = reportOf(events);
  const byYou = looked && earlyStart(state, looked.world);
  return {
    summary: summaryOf(events, state, clusterName, engine),
    planHash: state.planHash,
    expectedDownMs: expectedDownMs(plan),
    steps: plan.steps.map((s, i) => runStep(s, i, state, images, report)),
    pointPassed: state.pointPassed,
    choices,
    ...(advice.choice && { recommended: advice.choice }),
    whyRecommended: advice.why,
    undoWould: choices.includes('undo') ? undoWould(state) : [],
    compared,
    ...(byYou && { byYou }),
    ...(looked && { lookedAt: looked.at }),
    ...(progress && {
      progress: {
        step: progress.step,
        file: progress.file,
        doneBytes: progress.doneBytes,
        totalBytes: progress.totalBytes,
        bytesPerSecond: progress.bytesPerSecond,
      },
    }),
    log: events.map((e) => logLine(e, plan)).reverse(),
    remaining:
      state.phase === 'ended'
        ? []
        : plan.steps
            .filter((s) => state.steps[s].do !== 'succeeded')
            .map((s) => ({ title: stepText(s, 'title', plan), commands: commandsOf(s, plan, images) })),
    report,
  };
}

function runStep(step: StepId, i: number, state: RunState, images: Images, report: RunAnswer['report']): RunStepAnswer {
  const last = report.steps.findLast((s) => s.step === step);
  const st = state.steps[step];
  return {
    ...stepAnswer(step, i, state.plan, images),
    progress: st.do,
    undone: st.undo,
    evidence: (last?.evidence ?? []).map((e) => e.said),
    ...(last?.problem && {
      problem: {
        message: last.problem.message,
        ...(last.problem.remedy && { remedy: last.problem.remedy }),
        ...(last.problem.detail && { detail: last.problem.detail }),
      },
    }),
    ...(last && { beganAt: last.beganAt }),
    ...(last?.endedAt !== undefined && { endedAt: last.endedAt }),
  };
}

/** In the order in which they would be taken back; only what the run has begun. */
const undoWould = (s: RunState): readonly Message[] =>
  UNDO_ORDER.filter((id) => s.steps[id].intendedAt !== undefined && s.steps[id].undo !== 'succeeded').map((id) =>
    stepText(id, 'undo', s.plan),
  );

function logLine(e: RunEvent, plan: Plan): RunLogLine {
  const params = names({ plan });
  const at = e.at;
  switch (e.type) {
    case 'RunStarted':
      return { at, kind: 'start', text: { key: 'runlog.started', params: { ...params, who: e.by } } };
    case 'StepIntended':
      return {
        at,
        kind: 'intent',
        step: e.step,
        way: e.way,
        text: { key: `runlog.intent.${e.way}`, params: { step: plan.steps.indexOf(e.step) + 1 } },
      };
    case 'StepEnded':
      return {
        at,
        kind: 'outcome',
        step: e.step,
        way: e.way,
        outcome: e.outcome,
        text: e.problem
          ? { key: 'runlog.problem', params: { what: e.problem.message } }
          : (e.evidence[0]?.said ?? { key: `runlog.outcome.${e.outcome}` }),
      };
    case 'CopiedAhead':
    case 'CopyVerified':
      return { at, kind: 'proof', text: { key: 'runlog.verified', params: { files: e.files.length } } };
    case 'TargetStopped':
      return { at, kind: 'stop', text: { key: 'runlog.target-stopped', params } };
    case 'RunStopped':
      return { at, kind: 'stop', step: e.step, text: { key: `run.stopped.${e.reason}`, params } };
    case 'RunInterrupted':
      return { at, kind: 'stop', text: { key: 'run.stopped.interrupted' } };
    case 'PersonChose':
      return { at, kind: 'person', text: { key: `runlog.chose.${e.choice}`, params: { who: e.by } } };
    case 'RunEnded':
      return { at, kind: 'end', text: { key: `runlog.ended.${e.result}` } };
  }
}
