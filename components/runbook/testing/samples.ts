/** Answers of every state of a run, made by the server's own functions from a log of events: what the pages are tested with is what they get. */
import type { RunAnswer } from '@/lib/contract/runs';
import { choices } from '@/lib/domain/switchover/decide';
import type { Choice, Evidence, RunEvent, RunResult, StopReason, VerifiedFile } from '@/lib/domain/switchover/events';
import type { Plan, PlanSide } from '@/lib/domain/switchover/plan';
import { foldRun } from '@/lib/domain/switchover/state';
import { STEP, STEP_IDS, type StepId, UNDO_ORDER } from '@/lib/domain/switchover/steps';
import type { SideWorld, World } from '@/lib/domain/switchover/world';
import { planAnswer, runAnswer } from '@/lib/server/runs/answers';
import { AT } from '../../cluster/testing/sample';

const IMAGES = { source: 'sosberlin/js7:controller-2-9-0', target: 'sosberlin/js7:controller-2-9-0' };
const engineName = (id: string): string => id;

const side = (slot: 'primary' | 'secondary'): PlanSide => ({
  slot,
  ref: { engineId: slot === 'primary' ? 'docker-a' : 'docker-b', name: `js7-billing-${slot}` },
  containerId: slot,
  url: `http://${slot}:4444`,
  statePath: '/data/state',
  beside: '/data/state.',
  configPath: '/data/config/controller.conf',
  uid: 1001,
  gid: 0,
  policy: { name: slot === 'primary' ? 'unless-stopped' : 'no' },
  flag: slot === 'primary' ? 'off' : 'on',
  stateFingerprint: 'f',
});
const PLAN: Plan = {
  runId: '42',
  clusterId: 'billing',
  variant: 'switch-over',
  source: side('primary'),
  target: side('secondary'),
  controllerId: 'billing',
  journalId: 'Zk3vQm0RSfeYpA7u1xL9wQ',
  sameEngine: false,
  journalBytes: 1.84e9,
  orderCount: 1284,
  // JOC Cockpit is told a URL here: there is no name to move.
  steps: STEP_IDS.filter((id) => id !== 'move-name'),
  createdAt: AT,
};
const FILES: readonly VerifiedFile[] = [
  {
    name: 'controller--1794787204118002.journal',
    bytes: 500,
    segments: [
      { from: 0, to: 400, sha256: 'a'.repeat(64), when: 'ahead' },
      { from: 400, to: 500, sha256: 'b'.repeat(64), when: 'after' },
    ],
    sourceInode: 1,
    inode: 2,
    modifiedAt: AT,
  },
];
const FACTS: Partial<Record<StepId, Evidence['facts']>> = {
  'prove-stopped': { lastEventId: 100, journalId: PLAN.journalId, ending: 'proper' },
  'prove-works': { controllerId: 'billing', journalId: PLAN.journalId, lastEventId: 120, orderCount: 1284 },
};

const resting: SideWorld = {
  running: 'no',
  exitCode: 0,
  api: 'silent',
  policy: 'no',
  flag: 'on',
  state: { kind: 'empty' },
  staging: 'absent',
  retired: 'no',
  aside: 'no',
  marker: 'no',
};
const journal: SideWorld['state'] = {
  kind: 'journal',
  journalId: PLAN.journalId,
  lastEventId: 100,
  ending: 'proper',
  fingerprint: 'f',
  verified: false,
};
/** Step 7 is going on: both stopped and fenced, the journal still at the source. */
export const BOTH_STOPPED: World = {
  lock: 'ours',
  source: { ...resting, state: journal, marker: 'yes' },
  target: { ...resting, staging: 'partial' },
  joc: 'none',
  agents: 'none',
};
/** Somebody started the source again. */
export const SOURCE_RUNS: World = {
  ...BOTH_STOPPED,
  source: { ...BOTH_STOPPED.source, running: 'yes', policy: 'unless-stopped', flag: 'off' },
};

/** Up to and with the intent of `step`; each step takes one second. */
export function upTo(step: StepId): RunEvent[] {
  const events: RunEvent[] = [
    {
      at: AT,
      type: 'RunStarted',
      plan: PLAN,
      planHash: '9f41c7e2aa',
      by: 'm.keller',
      reason: 'Kernel update on docker-a',
      ticket: 'CHG-20418',
    },
  ];
  for (const [i, id] of PLAN.steps.entries()) {
    const at = AT + i * 1000;
    if (STEP[id].acts) events.push({ at, type: 'StepIntended', step: id, way: 'do' });
    if (id === step) break;
    if (id === 'copy-rest') events.push({ at: at + 500, type: 'CopyVerified', files: FILES });
    events.push(ended(id, 'do', at + 900));
  }
  return events;
}
const ended = (step: StepId, way: 'do' | 'undo', at: number): RunEvent => ({
  at,
  type: 'StepEnded',
  step,
  way,
  outcome: 'succeeded',
  evidence: [
    {
      at,
      said: { key: way === 'undo' ? `evidence.undo.${step}` : 'evidence.lock' },
      ...(FACTS[step] && way === 'do' && { facts: FACTS[step] }),
    },
  ],
  ...(step === 'prove-stopped' && { noted: { fingerprint: 'f', lastEventId: 100 } }),
});
const T = AT + 60_000;
export const whole = (): RunEvent[] => [...upTo('report'), ended('report', 'do', T)];
export const end = (result: RunResult): RunEvent => ({ at: T + 1000, type: 'RunEnded', result });
export const interrupted: RunEvent = { at: T, type: 'RunInterrupted' };
export const stopped = (reason: StopReason, step: StepId): RunEvent => ({ at: T, type: 'RunStopped', reason, step });
export const chose = (choice: Choice): RunEvent => ({ at: T, type: 'PersonChose', choice, by: 'a.novak', why: 'disk too slow' });
/** Everything up to step 7 taken back. */
export const takenBack = (): RunEvent[] =>
  UNDO_ORDER.slice(UNDO_ORDER.indexOf('copy-rest')).flatMap((step): RunEvent[] => [
    { at: T, type: 'StepIntended', step, way: 'undo' },
    ended(step, 'undo', T + 500),
  ]);

/** `null` = the world was not looked at yet. */
export function answer(events: readonly RunEvent[], world: World | null = BOTH_STOPPED): RunAnswer {
  const state = foldRun(events);
  const looked = world === null ? undefined : { world, choices: choices(state, world), at: T };
  return runAnswer(events, state, 'billing', IMAGES, engineName, looked, undefined);
}
export const samplePlan = () => planAnswer(PLAN, '9f41c7e2aa', IMAGES, engineName);
