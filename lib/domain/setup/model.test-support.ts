/** A world in which a set-up can be tried out a hundred thousand times: what each act does to it, what somebody may do to it, and what must never happen. */
import type { SetupPlan, SetupStepId } from './setup';
import type { SetupSide, SetupWorld } from './world';

export interface Side {
  readonly slot: 'primary' | 'secondary';
  readonly container: 'absent' | 'ours' | 'foreign';
  readonly running: boolean;
  readonly volumes: 'absent' | 'some' | 'ours' | 'foreign';
  /** In the state directory. `old`: what lay in an existing one; `grown`: that, and it was started; `new`: it began one. `null` where there is none. */
  readonly journal: 'old' | 'grown' | 'new' | null;
  /** What lay in an existing one, or a part of it, lies in the aside folder. */
  readonly aside: boolean;
  readonly configured: boolean;
  readonly flag: boolean;
  readonly policy: 'no' | 'always';
  readonly startedBySetup: boolean;
}
export interface Model {
  readonly lock: 'free' | 'ours' | 'theirs';
  readonly image: boolean;
  readonly network: 'absent' | 'ours' | 'foreign';
  readonly sides: readonly Side[];
  readonly saved: 'no' | 'yes' | 'other';
  readonly waited: number;
}

const side = (slot: Side['slot']): Side => ({
  slot,
  container: 'absent',
  running: false,
  volumes: 'absent',
  journal: null,
  aside: false,
  configured: false,
  flag: false,
  policy: 'no',
  startedBySetup: false,
});
export function freshModel(plan: SetupPlan): Model {
  const existing: Side = {
    ...side('secondary'),
    container: 'ours',
    volumes: 'ours',
    journal: plan.steps.includes('aside') ? 'old' : null,
    configured: true,
    policy: 'always',
  };
  return {
    lock: 'free',
    image: !plan.steps.includes('image'),
    network: 'absent',
    sides: plan.existing ? [existing] : plan.instances.map((i) => side(i.slot)),
    saved: 'no',
    waited: 0,
  };
}

const places = { state: '/d/state', config: '/d/config' };
const instance = (slot: 'primary' | 'secondary'): SetupPlan['instances'][number] => ({
  slot,
  engineId: 'b',
  name: slot,
  hostname: slot,
  image: { ref: 'js7:controller', digest: 'sha256:1' },
  env: {},
  labels: {},
  mounts: [{ kind: 'volume', source: `${slot}-var`, target: '/d', isNew: true }],
  networks: [],
  ports: [],
  restartPolicy: { name: 'no' },
  url: 'http://x:4444',
  places,
});
const base = { setupId: '1', clusterId: 'pay', clusterName: 'pay', controllerId: 'pay', files: [], createdAt: 0 };
const existing: NonNullable<SetupPlan['existing']> = {
  ...{ engineId: 'b', name: 'old', containerId: 'c', stateFingerprint: 'x', url: 'http://x:4444', places, aside: '/d/state.aside-setup-1' },
  ...{ uid: 1, gid: 1, policy: { name: 'always' as const }, flag: 'off' as const },
};
export const PLANS: Readonly<Record<string, SetupPlan>> = {
  'create-secondary': {
    ...base,
    kind: 'create-secondary',
    instances: [instance('secondary')],
    steps: ['lock', 'image', 'volumes', 'container', 'configuration', 'fence', 'prove', 'save', 'unlock'],
  },
  'use-existing, which has a journal': {
    ...base,
    kind: 'use-existing',
    instances: [],
    existing,
    steps: ['lock', 'fence', 'aside', 'prove', 'save', 'unlock'],
  },
  'use-existing, empty': {
    ...base,
    kind: 'use-existing',
    instances: [],
    existing: { ...existing, stateFingerprint: 'empty' },
    steps: ['lock', 'fence', 'prove', 'save', 'unlock'],
  },
  'create-both': {
    ...base,
    kind: 'create-both',
    instances: [instance('primary'), instance('secondary')],
    makeNetwork: { engineId: 'b', name: 'js7' },
    steps: ['lock', 'network', 'volumes', 'container', 'configuration', 'fence', 'start', 'prove', 'save', 'unlock'],
  },
};

export function observe(m: Model, plan: SetupPlan): SetupWorld {
  const seen = (s: Side): SetupSide => ({
    container: s.container,
    running: s.running ? 'yes' : 'no',
    volumes: plan.existing ? 'none-planned' : s.volumes,
    holds: s.container !== 'ours' ? (s.container === 'foreign' ? 'unknown' : 'nothing') : s.journal === null ? 'nothing' : 'journal',
    newer: s.journal === 'new' || s.journal === 'grown' ? 'yes' : 'no',
    configuration: s.configured ? 'complete' : 'incomplete',
    flag: s.flag ? 'on' : s.configured ? 'off' : 'unknown',
    policy: s.container === 'ours' ? s.policy : 'unknown',
    aside: s.container !== 'ours' ? 'unknown' : s.aside ? 'yes' : 'no',
    works: s.running && s.journal !== null ? 'yes' : 'no',
  });
  const [primary, secondary] = (['primary', 'secondary'] as const).map((slot) => m.sides.find((s) => s.slot === slot));
  return {
    lock: m.lock,
    image: m.image ? 'yes' : 'no',
    network: m.network,
    ...(primary && { primary: seen(primary) }),
    secondary: seen(secondary ?? side('secondary')),
    saved: m.saved,
  };
}

/** A start writes a journal unless the fence is on and nothing is there; with a journal and the flag it refuses. */
const started = (s: Side): Side => {
  if (s.container === 'absent' || s.running) return s;
  if (s.flag) return s.journal === null ? { ...s, running: true } : s;
  return { ...s, running: true, journal: s.journal === null ? 'new' : s.journal === 'old' ? 'grown' : s.journal };
};
const each = (m: Model, change: (s: Side) => Side): Model => {
  const sides = m.sides.map(change);
  return { ...m, sides };
};
interface Effect {
  readonly ok: boolean;
  readonly kept?: readonly string[];
  readonly model: Model;
}
/** As the use cases do it. `half`: dies in the middle. */
export function effect(m: Model, step: SetupStepId, undo: boolean, half: boolean): Effect {
  const did = (model: Model): Effect => ({ ok: true, model });
  const failed: Effect = { ok: false, model: m };
  const first = (change: (s: Side) => Side): Effect => did({ ...m, sides: m.sides.map((s, i) => (half && i > 0 ? s : change(s))) });
  switch (`${undo ? 'undo' : 'do'} ${step}`) {
    case 'do lock':
    case 'undo lock':
      return m.lock === 'theirs' ? failed : did({ ...m, lock: half ? m.lock : 'ours' });
    case 'do unlock':
    case 'undo unlock':
      return did({ ...m, lock: half || m.lock === 'theirs' ? m.lock : 'free' });
    case 'do image':
      return did({ ...m, image: !half });
    case 'do network':
      return m.network === 'foreign' ? failed : did({ ...m, network: half ? m.network : 'ours' });
    case 'do volumes':
      return m.sides.some((s) => s.volumes === 'foreign') ? failed : first((s) => ({ ...s, volumes: half ? 'some' : 'ours' }));
    case 'do container':
      if (m.sides.some((s) => s.container === 'foreign' || s.volumes !== 'ours')) return failed;
      return first((s) => (s.container === 'absent' ? { ...s, container: 'ours', running: false, policy: 'no' } : s));
    case 'do aside':
      return first((s) => (s.journal === null ? s : half ? { ...s, aside: true } : { ...s, journal: null, aside: true }));
    case 'do configuration':
      if (m.sides.some((s) => s.container !== 'ours')) return failed;
      // The fence is written first.
      return first((s) => ({ ...s, flag: s.slot === 'secondary', configured: !half }));
    case 'do fence':
      if (m.sides.some((s) => s.container !== 'ours')) return failed;
      return first((s) => (half ? { ...s, policy: 'no' } : { ...s, policy: 'no', flag: s.slot === 'secondary' }));
    case 'do start': {
      const primary = m.sides.find((s) => s.slot === 'primary');
      if (primary?.container !== 'ours') return failed;
      const next = half ? m : each(m, (s) => (s.slot === 'primary' ? { ...started(s), startedBySetup: true } : s));
      return did(next);
    }
    case 'do save':
      return did({ ...m, saved: half ? m.saved : 'yes' });
    case 'undo save':
      return did({ ...m, saved: half ? m.saved : 'no' });
    case 'undo aside':
      return first((s) => (s.aside ? { ...s, journal: s.journal ?? 'old', aside: half } : s));
    case 'undo fence':
      return first((s) => (half ? { ...s, policy: 'always' } : { ...s, policy: 'always', flag: false }));
    case 'undo container':
      return first((s) =>
        s.container !== 'ours' || s.running || s.journal !== null ? s : { ...s, container: 'absent', configured: s.configured },
      );
    case 'undo volumes':
      // Looked into before it goes, through another container of the same making where it has none of ours.
      return {
        ...first((s) => {
          if (s.volumes === 'foreign' || s.volumes === 'absent' || s.journal !== null || s.running) return s;
          const container = s.container === 'ours' ? 'absent' : s.container;
          return { ...s, container, volumes: half ? s.volumes : 'absent', configured: false, flag: false };
        }),
        ...(m.sides.some((s) => s.container !== 'ours' && s.journal !== null && ['ours', 'some'].includes(s.volumes)) && {
          kept: ['volume'],
        }),
      };
    case 'undo network':
      return did({ ...m, network: half ? m.network : 'absent' });
    default:
      return did(m);
  }
}

type Meddle = (m: Model) => Model;
/** One thing that somebody does behind our back. */
export const MEDDLING: Readonly<Record<string, Meddle>> = {
  'start everything': (m) => each(m, started),
  'start, let it work, stop': (m) => each(m, (s) => ({ ...started(s), running: false })),
  'start, let it work, stop and remove the container, not the volume': (m) =>
    each(m, (s) => {
      const worked = started(s);
      return worked.container === 'ours' && s.volumes !== 'absent'
        ? { ...worked, running: false, container: 'absent' }
        : { ...worked, running: false };
    }),
  'remove the containers': (m) => each(m, (s) => ({ ...s, container: 'absent', running: false })),
  'put other containers under the names': (m) => each(m, (s) => (s.container === 'absent' ? { ...s, container: 'foreign' } : s)),
  'take the names of the volumes': (m) => each(m, (s) => (s.volumes === 'absent' ? { ...s, volumes: 'foreign' } : s)),
  'take the name of the network': (m) => ({ ...m, network: m.network === 'absent' ? 'foreign' : m.network }),
  'take the fence off': (m) => each(m, (s) => ({ ...s, flag: false })),
  'set them to start always': (m) => each(m, (s) => ({ ...s, policy: 'always' })),
  'remove the lock': (m) => ({ ...m, lock: 'free' }),
  'take the lock': (m) => ({ ...m, lock: 'theirs' }),
  'name another Secondary in the settings': (m) => ({ ...m, saved: 'other' }),
  'remove the image': (m) => ({ ...m, image: false }),
};

/** What must never be, whatever came before. A journal that was there is somewhere; a thing of others is untouched; no Secondary runs by our hand. */
export function violations(m: Model, plan: SetupPlan): readonly string[] {
  return m.sides.flatMap((s) => [
    ...(s.slot === 'secondary' && s.startedBySetup ? ['the Secondary was started'] : []),
    ...(s.journal !== null && s.volumes === 'absent' && !plan.existing ? [`${s.slot}: a volume with a journal is gone`] : []),
    ...(plan.existing && plan.steps.includes('aside') && s.journal !== 'old' && s.journal !== 'grown' && !s.aside
      ? ['what lay there was deleted']
      : []),
  ]);
}
