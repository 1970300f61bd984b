/** Drives one run through the model world with the real `decide`, and keeps every moment at which Handover could have been interrupted. */
import { type Decision, decide } from './decide';
import type { Choice, RunEvent } from './events';
import { acts, fingerprintOf, type Model, observe, type Side } from './model.test-support';
import type { Plan, PlanJoc, PlanSide } from './plan';
import { foldRun, type RunState } from './state';
import { STEP_IDS, type StepId } from './steps';
import type { SideWorld, World } from './world';

/** What is written down, and what is so. Between two acts of one effect the log is the same and the world is not. */
export interface Moment {
  readonly events: readonly RunEvent[];
  readonly model: Model;
}
export type Deep<T> = { readonly [K in keyof T]?: T[K] extends SideWorld ? Partial<T[K]> : T[K] };

const side = (slot: 'primary' | 'secondary', s: Side): PlanSide => ({
  slot,
  ref: { engineId: `engine-${slot}`, name: `js7-${slot}` },
  containerId: slot,
  url: `http://${slot}:4444`,
  statePath: '/data/state',
  beside: '/data/state.',
  configPath: '/data/config/controller.conf',
  uid: 1001,
  gid: 1001,
  policy: { name: s.policy },
  flag: s.flag ? 'on' : 'off',
  stateFingerprint: s.state ? fingerprintOf(s.state) : 'empty',
});
const bare: Side = {
  running: 'no',
  policy: 'no',
  flag: false,
  state: null,
  staging: null,
  retired: null,
  aside: null,
  marker: false,
  lock: 'free',
  visible: true,
  name: false,
};

/** A plan's JOC Cockpit that follows a name. */
export const BY_NAME: PlanJoc = {
  jocId: 'joc-1',
  name: 'joc',
  url: 'http://joc:4446',
  follow: 'name',
  from: 'http://controller:4444',
  to: ['http://controller:4444'],
  move: {
    alias: 'controller',
    network: 'js7',
    source: { held: true, attached: true, others: ['js7-primary'] },
    target: { held: false, attached: true, others: ['js7-secondary'] },
  },
};

/** All 15 steps; the crashed variant leaves out the shut-down. */
export function begin(
  variant: Plan['variant'] = 'switch-over',
  o: { source?: Partial<Side>; target?: Partial<Side>; plan?: Partial<Plan> } = {},
): Moment {
  const running = variant === 'switch-over' ? ({ running: 'active' } as const) : {};
  const source: Side = {
    ...bare,
    policy: 'unless-stopped',
    name: true,
    state: { version: 5, proper: false, whole: true },
    ...running,
    ...o.source,
  };
  const target: Side = { ...bare, flag: true, ...o.target };
  const plan: Plan = {
    runId: '7',
    clusterId: 'demo',
    variant,
    source: side('primary', source),
    target: side('secondary', target),
    controllerId: 'demo',
    journalId: 'ours',
    sameEngine: false,
    journalBytes: 2e6,
    steps: STEP_IDS.filter((id) => variant === 'switch-over' || id !== 'shut-down'),
    joc: BY_NAME,
    createdAt: 0,
    ...o.plan,
  };
  return {
    events: [{ at: 0, type: 'RunStarted', plan, planHash: 'abcdef0123456789', by: 'Ada', reason: 'patching', ticket: 'OPS-7' }],
    model: { source, target, newest: 5, hashed: 0, joc: 'up', told: 'source', byName: true },
  };
}

export const stateOf = (m: Moment): RunState => foldRun(m.events);
export const plus = (m: Moment, ...events: RunEvent[]): Moment => ({ ...m, events: [...m.events, ...events] });
/** Time of an event: its number, in seconds. */
const clock = (m: Moment): number => m.events.length * 1000;
export const choose = (m: Moment, choice: Choice): Moment => plus(m, { at: clock(m), type: 'PersonChose', choice, by: 'Bo', why: 'seen' });
export const interrupted = (m: Moment): Moment => plus(m, { at: clock(m), type: 'RunInterrupted' });

/** Goes on until the run asks or has ended; gives all moments on the way, the last one last. Throws where it would wait for ever. */
export function drive(from: Moment, until: (m: Moment, d: Decision) => boolean = () => false): Moment[] {
  const moments = [from];
  let m = from;
  const write = (event: RunEvent): void => {
    m = plus(m, event);
    moments.push(m);
  };
  for (let rounds = 0; rounds < 500; rounds++) {
    const state = stateOf(m);
    const d = decide(state, observe(m.model), 0);
    if (until(m, d)) return moments;
    const at = clock(m);
    if (d.kind === 'ask' || d.kind === 'done') return moments;
    else if (d.kind === 'settle')
      write({ at, type: 'StepEnded', step: d.step, way: d.way, outcome: d.outcome, evidence: [], ...(d.noted && { noted: d.noted }) });
    else if (d.kind === 'stop') write({ at, type: 'RunStopped', reason: d.reason, step: d.step });
    else if (d.kind === 'end') write({ at, type: 'RunEnded', result: d.result });
    else if (d.kind === 'act') {
      write({ at, type: 'StepIntended', step: d.step, way: d.way });
      for (const act of acts(d.step, d.way, state.plan)) {
        m = { ...m, model: act(m.model) };
        moments.push(m);
      }
    } else throw new Error(`${d.kind} in ${JSON.stringify(d)}`);
  }
  throw new Error('No end');
}
export const last = <T>(all: readonly T[]): T => all[all.length - 1] as T;

/** Just before `step` is intended (open), or just after (intended, nothing done yet). */
export function upTo(step: StepId, way: 'do' | 'undo' = 'do', from: Moment = begin()): Moment {
  const start = way === 'do' ? from : choose(upTo('start', 'do', from), 'undo');
  return last(drive(start, (_, d) => (d.kind === 'act' || d.kind === 'settle') && d.step === step && d.way === way));
}
export const intended = (step: StepId, way: 'do' | 'undo' = 'do'): Moment => {
  const m = upTo(step, way);
  return plus(m, { at: clock(m), type: 'StepIntended', step, way });
};

export const change = (w: World, by: Deep<World>): World => ({
  ...w,
  ...by,
  source: { ...w.source, ...by.source },
  target: { ...w.target, ...by.target },
});
const dark: SideWorld = {
  running: 'unknown',
  api: 'unknown',
  policy: 'unknown',
  flag: 'unknown',
  state: { kind: 'unknown' },
  staging: 'unknown',
  retired: 'unknown',
  aside: 'unknown',
  marker: 'unknown',
};
/** Nothing can be seen. */
export const DARK: World = { lock: 'unknown', source: dark, target: dark, joc: 'unknown', agents: 'unknown' };
