import 'server-only';
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import type { ClusterView } from '../../domain/cluster/view';
import type { Millis } from '../../domain/reading';
import {
  advance,
  type ExerciseState,
  exerciseStates,
  type Moved,
  onlyDone,
  type Progress,
  type Seen,
} from '../../domain/rehearsal/exercises';
import { type FaultState, faultStates, plan, type RehearsalFault } from '../../domain/rehearsal/faults';
import type { RehearsalKey } from '../../domain/rehearsal/say';
import type { Result } from '../../domain/result';
import { reportOf } from '../../domain/switchover/report';
import { foldRun } from '../../domain/switchover/state';
import { name } from '../../domain/text/say';
import type { Clock } from '../../ports/clock';
import type { RehearsalWorld } from '../../ports/rehearsal';
import type { Store } from '../../ports/store';

/** What the page shows of the rehearsal (contract: RehearsalAnswer). */
export interface RehearsalState {
  readonly startedAt: Millis;
  readonly faults: readonly FaultState[];
  readonly exercises: readonly ExerciseState[];
  readonly resetting: boolean;
}

export interface RehearsalDesk {
  state(): RehearsalState;
  /** Provokes or undoes a fault; success where it is so already. One at a time. CONFLICT when it is not possible now (the state's note says why). */
  setFault(fault: RehearsalFault, on: boolean, who?: string): Promise<Result<void>>;
  /** Seeds the world anew; the saved lineage is forgotten, exercises that are done stay done. A second call joins the first. */
  reset(who?: string): Promise<Result<void>>;
  /** To be told of each new view of the demo cluster: exercises move on by it. True when one did (the state is another one then). */
  noteView(view: ClusterView): boolean;
}

const PROGRESS = 'rehearsal.progress';

/** The rehearsal's desk over a world that is open. `changed` is called when the state may be another one. */
export function openDesk(o: { world: RehearsalWorld; store: Store; clock: Clock; changed(): void }): RehearsalDesk {
  const { world, store, clock } = o;
  const clusterId = world.demoCluster().id;
  let progress = readProgress(store);
  let last: Seen | undefined;
  /** The world starts behind the first page: until somebody works in it nothing that is seen was an exercise. */
  let awake = false;
  let resetting: Promise<Result<void>> | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const keep = (next: Progress): void => {
    progress = next;
    store.facts.set(PROGRESS, JSON.stringify(next));
  };
  const tell = (key: RehearsalKey, who: string | undefined, subject?: string): void => {
    if (!store.clusters.get(clusterId)) return; // an admin removed it from the list
    const message = { key, ...(subject !== undefined && { params: { name: name(subject) } }) };
    store.timeline.append(clusterId, { at: clock.now(), kind: 'rehearsal', message, ...(who !== undefined && { who }) });
  };

  const told = new Map<string, Moved | undefined>();
  /** Of runs that have ended, each is read once: its log never changes again. */
  function moves(): readonly Moved[] {
    const ended = store.runs.list({ clusterId, limit: 4 }).filter((run) => !run.open && run.startedAt >= world.startedAt());
    for (const { runId } of ended) if (!told.has(runId)) told.set(runId, movedBy(store, runId));
    return ended.flatMap(({ runId }) => told.get(runId) ?? []);
  }

  async function apply(fault: RehearsalFault, on: boolean, who: string | undefined): Promise<Result<void>> {
    const facts = world.look();
    const acts = plan(fault, on, facts);
    if (!acts.ok) return acts;
    const done = await world.act(acts.value);
    const slot = acts.value.map((a) => ('slot' in a ? a.slot : undefined)).find((s) => s !== undefined);
    const subject =
      fault === 'stop-joc'
        ? (facts.joc?.name ?? '')
        : slot
          ? facts.members[slot].name
          : (world.demoCluster().secondary?.ref.engineId ?? '');
    if (done.ok && acts.value.length > 0) tell(`rehearsal.event.${fault}.${on ? 'on' : 'off'}`, who, subject);
    o.changed();
    return done;
  }

  async function resetNow(who: string | undefined): Promise<Result<void>> {
    o.changed();
    const done = await world.reset();
    if (done.ok) {
      const saved = store.clusters.get(clusterId);
      if (saved) store.clusters.save(seededAgain(saved, world.demoCluster()));
      keep(onlyDone(progress));
      last = undefined;
      awake = false;
      tell('rehearsal.event.reset', who);
    }
    return done;
  }

  return {
    state: () => ({
      startedAt: world.startedAt(),
      faults: faultStates(world.look()),
      exercises: exerciseStates(progress, last),
      resetting: resetting !== undefined,
    }),
    async setFault(fault, on, who) {
      const work = turn.then(() => apply(fault, on, who));
      turn = work.catch(() => undefined);
      return work;
    },
    reset(who) {
      resetting ??= turn
        .then(() => resetNow(who))
        .finally(() => {
          resetting = undefined;
          o.changed();
        });
      turn = resetting.catch(() => undefined);
      return resetting;
    },
    noteView(view) {
      if (resetting || view.id !== clusterId) return false;
      const facts = world.look();
      const faults = new Set(
        faultStates(facts)
          .filter((f) => f.on)
          .map((f) => f.fault),
      );
      last = { at: clock.now(), view, faults, moves: moves() };
      awake ||= view.primary.role === 'active' || view.secondary?.role === 'active';
      if (!awake) return false;
      const next = advance(progress, last);
      if (next === progress) return false;
      keep(next);
      o.changed();
      return true;
    },
  };
}

/** The seeded journal is of a new lineage, JOC Cockpit knows nobody, and a member that was made in the world of before is gone. What else an admin set stays. */
function seededAgain(saved: Cluster, demo: Cluster): Cluster {
  const { expectedJournalId: _, joc: __, ...rest } = saved;
  const same = (slot: Slot) => JSON.stringify(saved[slot]?.ref) === JSON.stringify(demo[slot]?.ref);
  return {
    ...rest,
    primary: same('primary') ? saved.primary : demo.primary,
    ...(!same('secondary') && demo.secondary && { secondary: demo.secondary }),
  };
}

/** What the store has to hold of the world: engines, JOC Cockpits and cluster, saved once. An admin who removed or changed them has the last word. */
export function introduce(world: RehearsalWorld, store: Store): void {
  for (const settings of world.engineSettings()) if (!store.engines.get(settings.id)) store.engines.save(settings);
  const jocs = world.jocSettings();
  for (const joc of jocs) {
    const known = store.jocs.get(joc.id);
    if (known ? known.url !== joc.url : store.facts.get('rehearsal.joc') !== joc.id) store.jocs.save(joc);
    store.facts.set('rehearsal.joc', joc.id);
  }
  const cluster = world.demoCluster();
  const before = store.facts.get('rehearsal.introduced');
  const saved = store.clusters.get(cluster.id);
  if (!saved && before !== cluster.id) store.clusters.save(cluster);
  // A new world (its folder was deleted) has other ports: an old entry would point nowhere.
  if (saved && saved.primary.access.url !== cluster.primary.access.url) store.clusters.save({ ...cluster, createdAt: saved.createdAt });
  store.facts.set('rehearsal.introduced', cluster.id);
}

/** Undefined where the run did not move the work: undone, taken over by hand, or a log that cannot be read. */
function movedBy(store: Store, runId: string): Moved | undefined {
  try {
    const events = store.runs.events(runId);
    const { result, plan, endedAt } = foldRun(events);
    return result === 'succeeded' && endedAt !== undefined
      ? { at: endedAt, to: plan.target.slot, downMs: reportOf(events).downMs ?? 0 }
      : undefined;
  } catch {
    return undefined;
  }
}

function readProgress(store: Store): Progress {
  try {
    return JSON.parse(store.facts.get(PROGRESS) ?? '{}') as Progress;
  } catch {
    return {};
  }
}
