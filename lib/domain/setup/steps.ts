/**
 * The one table of a set-up's steps: what each must be seen to have reached, what stands against it, and how it is taken back. Every act looks before it acts and may be
 * repeated. Rules: no Secondary is ever started here; what holds a journal or runs is never removed, and neither is what does not carry this set-up's label.
 */
import type { SetupPlan, SetupStepId, SetupStopReason } from './setup';
import type { SetupSide, SetupWorld } from './world';

export type SetupGoal = 'reached' | 'not-yet' | 'unknown';
/** What an undo leaves where it is, as a person would name it. */
export interface Kept {
  readonly kept: readonly string[];
}
export interface SetupSight {
  readonly world: SetupWorld;
  readonly plan: SetupPlan;
  /** The step was ever begun: only such a one can have left something. */
  readonly begun: (id: SetupStepId) => boolean;
}
export interface SetupRow {
  /** Something is done; else it only looks. */
  readonly acts: boolean;
  readonly goal: (s: SetupSight) => SetupGoal;
  /** What keeps it from being done; a person has to see to it. */
  readonly against?: (s: SetupSight) => SetupStopReason | undefined;
  /** How long its goal may take to become visible after the act, ms. */
  readonly deadlineMs: number;
}
export interface SetupUndoRow {
  readonly goal: (s: SetupSight) => SetupGoal | Kept;
  readonly against?: (s: SetupSight) => SetupStopReason | undefined;
  readonly deadlineMs: number;
}

const S = 1000;
const all = (...goals: readonly SetupGoal[]): SetupGoal =>
  goals.includes('not-yet') ? 'not-yet' : goals.includes('unknown') ? 'unknown' : 'reached';
const is = <T extends string>(seen: T | 'unknown', wanted: T): SetupGoal =>
  seen === wanted ? 'reached' : seen === 'unknown' ? 'unknown' : 'not-yet';

/** The sides whose containers this set-up makes. */
const made = ({ world, plan }: SetupSight): readonly SetupSide[] =>
  plan.existing ? [] : plan.instances.flatMap((i) => (i.slot === 'primary' ? (world.primary ?? []) : world.secondary));
const sides = (s: SetupSight): readonly SetupSide[] => (s.plan.existing ? [s.world.secondary] : made(s));
const each = (s: SetupSight, goal: (side: SetupSide) => SetupGoal): SetupGoal => all(...sides(s).map(goal));

const lockTheirs = ({ world }: SetupSight): SetupStopReason | undefined => (world.lock === 'theirs' ? 'lock-theirs' : undefined);
/** Every act of a set-up needs its lock. */
const needsLock = ({ world }: SetupSight): SetupStopReason | undefined =>
  world.lock === 'ours' ? undefined : world.lock === 'unknown' ? 'cannot-see' : world.lock === 'theirs' ? 'lock-theirs' : 'lock-lost';
/** The existing Secondary as it was planned: what it holds is old, and it does not run. */
const atRest = (s: SetupSight): SetupStopReason | undefined =>
  needsLock(s) ??
  (existingGone(s) ? 'taken' : existingWorked(s) ? 'holds-journal' : undefined) ??
  (s.world.secondary.running === 'yes' ? 'runs' : s.world.secondary.running === 'unknown' ? 'cannot-see' : undefined);
const fresh = (s: SetupSight): SetupStopReason | undefined => {
  const lock = needsLock(s);
  if (lock) return lock;
  if (existingGone(s)) return 'taken';
  if (existingWorked(s)) return 'holds-journal';
  if (sides(s).some((x) => x.running === 'yes')) return 'runs';
  if (sides(s).some((x) => x.running === 'unknown' || x.holds === 'unknown')) return 'cannot-see';
  return sides(s).some((x) => x.holds === 'journal') ? 'holds-journal' : undefined;
};
const policyNo = (side: SetupSide): SetupGoal => is(side.policy, 'no');
/** Fenced and never started, with an empty state directory: what a Secondary has to be, whichever way it was made. */
const cold = (side: SetupSide): SetupGoal => all(is(side.running, 'no'), is(side.holds, 'nothing'), is(side.flag, 'on'), policyNo(side));

export const SETUP_STEP: Readonly<Record<SetupStepId, SetupRow>> = {
  lock: { acts: true, deadlineMs: 30 * S, against: lockTheirs, goal: ({ world }) => is(world.lock, 'ours') },
  image: {
    acts: true,
    deadlineMs: 30 * S,
    against: needsLock,
    goal: ({ world }) => (world.image === 'unknown' ? 'unknown' : is(world.image, 'yes')),
  },
  network: {
    acts: true,
    deadlineMs: 30 * S,
    against: (s) => needsLock(s) ?? (s.world.network === 'foreign' && s.plan.makeNetwork ? 'taken' : undefined),
    goal: ({ world }) => is(world.network, 'ours'),
  },
  volumes: {
    acts: true,
    deadlineMs: 30 * S,
    against: (s) => needsLock(s) ?? (sides(s).some((x) => x.volumes === 'foreign') ? 'taken' : undefined),
    goal: (s) =>
      each(s, (x) => (x.volumes === 'unknown' ? 'unknown' : x.volumes === 'ours' || x.volumes === 'none-planned' ? 'reached' : 'not-yet')),
  },
  container: {
    acts: true,
    deadlineMs: 30 * S,
    against: (s) => needsLock(s) ?? (sides(s).some((x) => x.container === 'foreign') ? 'taken' : undefined),
    goal: (s) => each(s, (x) => is(x.container, 'ours')),
  },
  aside: {
    acts: true,
    deadlineMs: 30 * S,
    against: atRest,
    goal: ({ world }) => all(is(world.secondary.holds, 'nothing'), is(world.secondary.running, 'no')),
  },
  configuration: {
    acts: true,
    deadlineMs: 30 * S,
    against: fresh,
    goal: (s) => each(s, (x) => is(x.configuration, 'complete')),
  },
  fence: {
    acts: true,
    deadlineMs: 30 * S,
    // What lies in an existing one is moved aside once it is fenced.
    against: (s) => (s.plan.steps.includes('aside') ? atRest(s) : fresh(s)),
    // The Primary that create-both makes is to work: it gets no fence.
    goal: (s) => all(is(s.world.secondary.flag, 'on'), ...sides(s).map(policyNo)),
  },
  start: {
    acts: true,
    deadlineMs: 60 * S,
    against: (s) =>
      needsLock(s) ?? (s.world.secondary.running === 'yes' ? 'runs' : s.world.secondary.running === 'unknown' ? 'cannot-see' : undefined),
    goal: ({ world }) => (world.primary === undefined ? 'not-yet' : is(world.primary.running, 'yes')),
  },
  prove: {
    acts: false,
    deadlineMs: 120 * S,
    against: (s) =>
      existingGone(s)
        ? 'taken'
        : s.world.secondary.running === 'yes'
          ? 'runs'
          : s.world.secondary.holds === 'journal'
            ? 'holds-journal'
            : undefined,
    goal: (s) => {
      const secondary = all(cold(s.world.secondary), s.plan.existing ? 'reached' : is(s.world.secondary.configuration, 'complete'));
      return s.world.primary === undefined ? secondary : all(secondary, is(s.world.primary.works, 'yes'));
    },
  },
  save: {
    acts: true,
    deadlineMs: 10 * S,
    against: (s) => needsLock(s) ?? (s.world.saved === 'other' ? 'taken' : undefined),
    goal: ({ world }) => is(world.saved, 'yes'),
  },
  unlock: {
    acts: true,
    deadlineMs: 30 * S,
    goal: ({ world }) => (world.lock === 'unknown' ? 'unknown' : world.lock === 'free' || world.lock === 'theirs' ? 'reached' : 'not-yet'),
  },
};

/** What is there of a side, in words that a person can use at the engine. */
function namesOf(plan: SetupPlan, slot: 'primary' | 'secondary'): readonly string[] {
  const i = plan.instances.find((x) => x.slot === slot);
  if (!i) return [];
  return [
    `container ${i.name}`,
    ...i.mounts.filter((m) => m.kind === 'volume').map((m) => `volume ${m.source}`),
    ...i.mounts.filter((m) => m.kind === 'bind').map((m) => `folder ${m.source}`),
  ];
}
const pairs = (s: SetupSight): readonly (readonly ['primary' | 'secondary', SetupSide])[] =>
  s.plan.instances.map((i) => [i.slot, (i.slot === 'primary' ? s.world.primary : undefined) ?? s.world.secondary] as const);

/** It worked (or somebody put a journal there): nothing of it is removed. */
export const hasWorked = (side: SetupSide | undefined): boolean => side?.container === 'ours' && side.holds === 'journal';
const keptOf = (s: SetupSight): readonly string[] => pairs(s).flatMap(([slot, side]) => (hasWorked(side) ? namesOf(s.plan, slot) : []));
const orKept = (goal: SetupGoal, kept: readonly string[]): SetupGoal | Kept => (goal === 'reached' && kept.length > 0 ? { kept } : goal);
/** The existing Secondary was started since it was planned: what it holds now is its own, and it stays as it is. */
const existingWorked = ({ world, plan }: SetupSight): boolean =>
  plan.existing !== undefined && world.secondary.holds === 'journal' && world.secondary.newer === 'yes';
/** What stays of an existing one that has worked, or is gone. */
function leftOf(s: SetupSight): Kept | undefined {
  const { existing } = s.plan;
  if (!existing || !(existingGone(s) || existingWorked(s))) return undefined;
  const folder = s.plan.steps.includes('aside') && s.world.secondary.aside !== 'no' ? [`folder ${existing.aside}`] : [];
  return { kept: [`container ${existing.name}`, ...folder] };
}

/** The existing container was removed or made anew: nothing can be given back to it. */
const existingGone = ({ world, plan }: SetupSight): boolean =>
  plan.existing !== undefined && (world.secondary.container === 'absent' || world.secondary.container === 'foreign');

/** Folders of the engine's host into which the configuration went: they are not removed, so they are named. */
const foldersOf = (s: SetupSight): readonly string[] =>
  s.begun('configuration')
    ? s.plan.instances.flatMap((i) => i.mounts.filter((m) => m.kind === 'bind').map((m) => `folder ${m.source}`))
    : [];
/** The settings named the same container before: an undo leaves that line. */
function namedBefore(plan: SetupPlan): boolean {
  const made = plan.existing ?? plan.instances.find((i) => i.slot === 'secondary');
  return plan.replaces !== undefined && plan.replaces.engineId === made?.engineId && plan.replaces.name === made.name;
}

const gone = (side: SetupSide): SetupGoal =>
  side.container === 'unknown'
    ? 'unknown'
    : side.container !== 'ours' || hasWorked(side)
      ? 'reached'
      : side.holds === 'unknown'
        ? 'unknown'
        : 'not-yet';
const removable = (s: SetupSight): SetupStopReason | undefined => {
  const lock = needsLock(s);
  if (lock) return lock;
  const ours = pairs(s).filter(([, side]) => side.container === 'ours' && !hasWorked(side));
  // The Primary that was just started has no journal for a moment: it is waited for, what it is then decides.
  if (ours.some(([slot, side]) => slot === 'secondary' && side.running === 'yes')) return 'runs';
  return ours.some(([, side]) => side.running !== 'no' || side.holds === 'unknown') ? 'cannot-see' : undefined;
};

export const SETUP_UNDO: Readonly<Partial<Record<SetupStepId, SetupUndoRow>>> = {
  lock: { deadlineMs: 30 * S, against: lockTheirs, goal: SETUP_STEP.lock.goal },
  save: {
    deadlineMs: 10 * S,
    against: needsLock,
    // What has worked stays in the settings too: it must not vanish from sight.
    goal: (s) =>
      namedBefore(s.plan) || keptOf(s).length > 0 || (existingWorked(s) && !existingGone(s)) || s.world.saved !== 'yes'
        ? 'reached'
        : 'not-yet',
  },
  aside: {
    deadlineMs: 30 * S,
    against: (s) =>
      needsLock(s) ??
      (s.world.secondary.running === 'yes'
        ? 'runs'
        : s.world.secondary.running === 'unknown' || s.world.secondary.holds === 'unknown'
          ? 'cannot-see'
          : undefined),
    goal: (s) =>
      leftOf(s) ?? (s.world.secondary.aside === 'unknown' ? 'unknown' : s.world.secondary.aside === 'yes' ? 'not-yet' : 'reached'),
  },
  fence: {
    deadlineMs: 30 * S,
    against: needsLock,
    goal: (s) => {
      const { existing } = s.plan;
      // What this set-up made is removed whole; only what was there before gets its own settings back.
      const left = leftOf(s);
      if (!existing || left) return left ?? 'reached';
      return all(is(s.world.secondary.flag, existing.flag), is(s.world.secondary.policy, existing.policy.name));
    },
  },
  container: {
    deadlineMs: 60 * S,
    against: removable,
    goal: (s) => orKept(all(...pairs(s).map(([, side]) => gone(side))), [...new Set([...keptOf(s), ...foldersOf(s)])]),
  },
  volumes: {
    deadlineMs: 60 * S,
    against: removable,
    goal: (s) =>
      orKept(
        all(
          ...pairs(s).map(([, side]): SetupGoal => {
            if (hasWorked(side)) return 'reached';
            if (side.volumes === 'unknown') return 'unknown';
            return all(gone(side), side.volumes === 'ours' || side.volumes === 'some' ? 'not-yet' : 'reached');
          }),
        ),
        keptOf(s),
      ),
  },
  network: {
    deadlineMs: 30 * S,
    against: needsLock,
    goal: (s) =>
      s.world.network === 'unknown'
        ? 'unknown'
        : s.world.network !== 'ours'
          ? 'reached'
          : keptOf(s).length > 0
            ? { kept: [`network ${s.plan.makeNetwork?.name ?? ''}`] }
            : 'not-yet',
  },
  unlock: { deadlineMs: 30 * S, goal: SETUP_STEP.unlock.goal },
};

/** The settings first, so that nothing names what is about to vanish; the lock is held around all of it. */
export const SETUP_UNDO_ORDER = [
  'lock',
  'save',
  'aside',
  'fence',
  'container',
  'volumes',
  'network',
  'unlock',
] as const satisfies readonly SetupStepId[];
