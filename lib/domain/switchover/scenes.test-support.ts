/** Where the exploration begins (model.test.ts). */
import { BY_NAME } from './drive.test-support';
import { fingerprintOf, type Model, type Side } from './model.test-support';
import type { Plan, PlanSide } from './plan';
import { foldRun, type RunState } from './state';
import { STEP_IDS, type StepId } from './steps';

export interface State {
  readonly m: Model;
  readonly run: RunState;
  readonly doing: { readonly step: StepId; readonly way: 'do' | 'undo'; readonly next: number } | null;
  readonly faults: number;
  readonly meddled: string | null;
}
const planSide = (slot: 'primary' | 'secondary', side: Side): PlanSide => ({
  slot,
  ref: { engineId: slot, name: slot },
  containerId: slot,
  url: `http://${slot}`,
  statePath: '/state',
  beside: '/state.',
  configPath: '/config',
  uid: 0,
  gid: 0,
  policy: { name: side.policy },
  flag: side.flag ? 'on' : 'off',
  stateFingerprint: side.state ? fingerprintOf(side.state) : 'empty',
});

function initial(variant: Plan['variant'], source: Partial<Side>, target: Partial<Side>, joc: 'none' | 'name' | 'update' = 'none'): State {
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
  const byName = joc === 'name';
  const m: Model = {
    source: { ...bare, ...source, name: byName },
    target: { ...bare, ...target },
    newest: 5,
    hashed: 0,
    joc: joc === 'none' ? 'none' : 'up',
    told: 'source',
    byName,
  };
  const plan: Plan = {
    runId: '1',
    clusterId: 'demo',
    variant,
    source: planSide('primary', m.source),
    target: planSide('secondary', m.target),
    controllerId: 'demo',
    journalId: 'ours',
    sameEngine: false,
    journalBytes: 1,
    ...(byName && { joc: BY_NAME }),
    ...(joc === 'update' && { joc: { ...UPDATED, to: ['http://secondary'] } }),
    steps: STEP_IDS.filter(
      (id) => (variant === 'switch-over' || id !== 'shut-down') && (byName || id !== 'move-name') && (joc !== 'none' || id !== 'tell-joc'),
    ),
    createdAt: 0,
  };
  return {
    m,
    run: foldRun([{ at: 0, type: 'RunStarted', plan, planHash: 'h', by: 'me', reason: 'test' }]),
    doing: null,
    faults: 0,
    meddled: null,
  };
}

const { move: _, ...UPDATED } = { ...BY_NAME, follow: 'update' as const };

export const SCENES: Record<string, State> = {
  'cold fenced spare, empty': initial(
    'switch-over',
    { running: 'active', policy: 'unless-stopped', state: { version: 5, proper: false, whole: true } },
    { flag: true },
  ),
  'cold fenced spare with another lineage': initial(
    'switch-over',
    { running: 'active', policy: 'always', state: { version: 5, proper: false, whole: true } },
    { flag: true, state: { version: 0, proper: true, whole: true } },
  ),
  'spare that was never fenced, empty': initial(
    'switch-over',
    { running: 'active', policy: 'no', state: { version: 5, proper: false, whole: true } },
    { policy: 'no' },
  ),
  'source crashed': initial(
    'source-crashed',
    { policy: 'unless-stopped', state: { version: 5, proper: false, whole: true } },
    { flag: true },
  ),
  'JOC Cockpit follows a name': initial(
    'switch-over',
    { running: 'active', policy: 'no', state: { version: 5, proper: false, whole: true } },
    { flag: true },
    'name',
  ),
  'JOC Cockpit follows a name, and the spare was never fenced': initial(
    'source-crashed',
    { policy: 'no', state: { version: 5, proper: false, whole: true } },
    { policy: 'no' },
    'name',
  ),
  'JOC Cockpit is told a URL, source crashed': initial(
    'source-crashed',
    { policy: 'no', state: { version: 5, proper: false, whole: true } },
    { flag: true },
    'update',
  ),
};
