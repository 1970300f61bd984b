/**
 * Exercises: what an admin can practise in the rehearsal world with what this release has. Pure: progress is moved on by what the pages show
 * (ClusterView) and by the faults that are on; the same sequence gives the same progress. They may be done in any order, also several at once.
 */

import { SLOTS, type Slot } from '../cluster/cluster';
import type { ClusterView, InstanceView } from '../cluster/view';
import type { Millis } from '../reading';
import type { Message } from '../text/message';
import { FULL_DISK_LEAVES, type RehearsalFault } from './faults';
import { type RehearsalKey, say } from './say';

/** What counts of one moment. */
export interface Seen {
  readonly at: Millis;
  readonly view: ClusterView;
  readonly faults: ReadonlySet<RehearsalFault>;
  /** Switch-overs of this world that were done, the last one first. */
  readonly moves?: readonly Moved[];
}
/** A switch-over that was done: who works since, when it ended, and how long nobody worked. */
export interface Moved {
  readonly at: Millis;
  readonly to: Slot;
  readonly downMs: number;
}

/** How far one exercise is: how many of its stages are reached, and when; `keep` is who worked when it began, `downMs` what the stages have measured. */
export interface ExerciseProgress {
  readonly reached: readonly Millis[];
  readonly keep?: Slot;
  readonly downMs?: readonly Millis[];
}
export type Progress = Readonly<Record<string, ExerciseProgress>>;

interface Stage {
  readonly hint: RehearsalKey;
  readonly reached: (seen: Seen, keep: Slot | undefined) => boolean;
  /** Downtime that is told when the exercise is done. */
  readonly down?: (seen: Seen) => Millis | undefined;
  /** Another hint while something went wrong. */
  readonly astray?: { readonly when: (seen: Seen, keep: Slot | undefined) => boolean; readonly hint: RehearsalKey };
}
interface Exercise {
  readonly id: string;
  readonly title: RehearsalKey;
  readonly stages: readonly [Stage, ...Stage[]];
  readonly done: (reached: readonly Millis[], downMs: readonly Millis[]) => Message;
}

const members = (v: ClusterView): readonly InstanceView[] => SLOTS.flatMap((slot) => v[slot] ?? []);
const active = (v: ClusterView): readonly Slot[] =>
  members(v)
    .filter((m) => m.role === 'active')
    .map((m) => m.slot);
const alarm = (v: ClusterView, code: string): boolean => v.guard.alarms.some((a) => a.code === code);
const oneActive = ({ view }: Seen): boolean => active(view).length === 1 && !alarm(view, 'two-alive');
const nobody = ({ view }: Seen): boolean => alarm(view, 'nobody-active') && members(view).every((m) => m.alive === 'no');
const took = (from: number, to: number) => (reached: readonly Millis[]) => ({
  as: 'duration' as const,
  value: Math.max(0, (reached[to] ?? 0) - (reached[from] ?? 0)),
});
const lastMove = ({ moves }: Seen): Moved | undefined => moves?.[0];
const length = (ms: Millis | undefined) => ({ as: 'duration' as const, value: ms ?? 0 });
const jocThere = ({ view }: Seen): boolean => view.joc?.freshness.state === 'fresh' && view.joc.error === undefined;
const registered = (s: Seen): boolean => jocThere(s) && s.view.joc?.registered === 'yes';
/** Freed enough to be no longer the pretended limit. */
const diskFull = ({ view }: Seen): boolean =>
  members(view).some((m) => m.disk.freshness.state !== 'lost' && m.disk.freeBytes !== undefined && m.disk.freeBytes <= FULL_DISK_LEAVES);

export const EXERCISES: readonly Exercise[] = [
  {
    id: 'watch',
    title: 'rehearsal.watch',
    stages: [
      {
        hint: 'rehearsal.watch.0',
        reached: (s) => nobody(s) && !s.faults.has('kill-active') && !members(s.view).some((m) => m.role === 'killed'),
      },
      { hint: 'rehearsal.watch.1', reached: oneActive },
    ],
    done: (r) => say('rehearsal.watch.done', { down: took(0, 1)(r) }),
  },
  {
    id: 'kill',
    title: 'rehearsal.kill',
    stages: [
      { hint: 'rehearsal.kill.0', reached: (s) => nobody(s) && s.faults.has('kill-active') },
      { hint: 'rehearsal.kill.1', reached: oneActive },
    ],
    done: (r) => say('rehearsal.kill.done', { down: took(0, 1)(r) }),
  },
  {
    id: 'spare',
    title: 'rehearsal.spare',
    stages: [
      {
        hint: 'rehearsal.spare.0',
        reached: (s) => active(s.view).length === 1 && members(s.view).some((m) => m.role === 'idle' || m.role === 'refused'),
      },
      { hint: 'rehearsal.spare.1', reached: (s) => oneActive(s) && members(s.view).filter((m) => m.alive === 'no').length === 1 },
    ],
    done: () => say('rehearsal.spare.done'),
  },
  {
    id: 'socket',
    title: 'rehearsal.socket',
    stages: [
      {
        hint: 'rehearsal.socket.0',
        reached: (s) => s.faults.has('lose-engine') && members(s.view).some((m) => m.docker.freshness.state === 'lost'),
      },
      {
        hint: 'rehearsal.socket.1',
        reached: (s) => !s.faults.has('lose-engine') && members(s.view).every((m) => m.docker.freshness.state === 'fresh'),
      },
    ],
    done: (r) => say('rehearsal.socket.done', { down: took(0, 1)(r) }),
  },
  {
    id: 'split',
    title: 'rehearsal.split',
    stages: [
      { hint: 'rehearsal.split.0', reached: (s) => s.faults.has('take-fence-off') && active(s.view).length === 1 },
      { hint: 'rehearsal.split.1', reached: (s) => alarm(s.view, 'two-alive') },
      {
        hint: 'rehearsal.split.2',
        reached: (s, keep) =>
          !alarm(s.view, 'two-alive') &&
          active(s.view).length === 1 &&
          active(s.view)[0] === keep &&
          members(s.view).filter((m) => m.alive === 'no').length === 1,
        astray: {
          when: (s, keep) => active(s.view).length === 1 && active(s.view)[0] !== keep && members(s.view).some((m) => m.alive === 'no'),
          hint: 'rehearsal.split.wrong',
        },
      },
      { hint: 'rehearsal.split.3', reached: (s) => !s.faults.has('take-fence-off') },
    ],
    done: (r) => say('rehearsal.split.done', { down: took(1, 2)(r) }),
  },
  {
    id: 'switch',
    title: 'rehearsal.switch',
    stages: [
      {
        hint: 'rehearsal.switch.0',
        reached: (s) => oneActive(s) && active(s.view)[0] === lastMove(s)?.to,
        down: (s) => lastMove(s)?.downMs,
      },
      {
        hint: 'rehearsal.switch.1',
        reached: (s, keep) => oneActive(s) && active(s.view)[0] === lastMove(s)?.to && lastMove(s)?.to !== keep,
        down: (s) => lastMove(s)?.downMs,
      },
    ],
    done: (_, [there, back]) => say('rehearsal.switch.done', { there: length(there), back: length(back) }),
  },
  {
    id: 'disk',
    title: 'rehearsal.disk',
    stages: [
      { hint: 'rehearsal.disk.0', reached: (s) => s.faults.has('fill-disk') && diskFull(s) },
      { hint: 'rehearsal.disk.1', reached: (s) => !s.faults.has('fill-disk') && !diskFull(s) },
    ],
    done: () => say('rehearsal.disk.done'),
  },
  {
    id: 'create',
    title: 'rehearsal.create',
    stages: [
      { hint: 'rehearsal.create.0', reached: (s) => s.faults.has('take-secondary-away') && s.view.secondary?.role === 'absent' },
      { hint: 'rehearsal.create.1', reached: (s) => oneActive(s) && s.view.secondary?.role === 'fenced' },
    ],
    done: (r) => say('rehearsal.create.done', { down: took(0, 1)(r) }),
  },
  {
    id: 'register',
    title: 'rehearsal.register',
    stages: [
      { hint: 'rehearsal.register.0', reached: registered },
      {
        hint: 'rehearsal.register.1',
        reached: (s) => registered(s) && (s.view.joc?.says.some((j) => j.proxy === 'follows') ?? false),
      },
    ],
    done: () => say('rehearsal.register.done'),
  },
  {
    id: 'joc',
    title: 'rehearsal.joc',
    stages: [
      { hint: 'rehearsal.joc.0', reached: (s) => s.faults.has('stop-joc') && s.view.joc !== undefined && !jocThere(s) && oneActive(s) },
      { hint: 'rehearsal.joc.1', reached: (s) => !s.faults.has('stop-joc') && jocThere(s) },
    ],
    done: (r) => say('rehearsal.joc.done', { down: took(0, 1)(r) }),
  },
];

const stageOf = (p: ExerciseProgress | undefined): number => p?.reached.length ?? 0;

/** Moves every exercise that is not done by at most one stage; the very object that was given where nothing moved. */
export function advance(progress: Progress, seen: Seen): Progress {
  const moved = EXERCISES.flatMap((e) => {
    const now = progress[e.id];
    const stage = e.stages[stageOf(now)];
    if (!stage?.reached(seen, now?.keep)) return [];
    const worked = stageOf(now) === 0 ? active(seen.view)[0] : now?.keep;
    const down = stage.down?.(seen);
    const downMs = down === undefined ? now?.downMs : [...(now?.downMs ?? []), down];
    return [[e.id, { reached: [...(now?.reached ?? []), seen.at], ...(worked && { keep: worked }), ...(downMs && { downMs }) }] as const];
  });
  return moved.length === 0 ? progress : { ...progress, ...Object.fromEntries(moved) };
}

/** After a reset of the world: what is done stays done, what was begun begins again. */
export const onlyDone = (progress: Progress): Progress =>
  Object.fromEntries(
    EXERCISES.flatMap((e) => (stageOf(progress[e.id]) >= e.stages.length ? [[e.id, progress[e.id] as ExerciseProgress]] : [])),
  );

export interface ExerciseState {
  readonly id: string;
  readonly title: Message;
  readonly hint: Message;
  readonly state: 'done' | 'current' | 'open';
  readonly result?: Message;
}

/** As the page shows them: the current one is the first that was begun, else the first that is not done. */
export function exerciseStates(progress: Progress, seen: Seen | undefined): readonly ExerciseState[] {
  const open = EXERCISES.filter((e) => stageOf(progress[e.id]) < e.stages.length);
  const current = open.find((e) => stageOf(progress[e.id]) > 0) ?? open[0];
  return EXERCISES.map((e): ExerciseState => {
    const now = progress[e.id];
    const stage = e.stages[stageOf(now)];
    if (!stage)
      return {
        id: e.id,
        title: plain(e.title),
        hint: plain(e.title),
        state: 'done',
        result: e.done(now?.reached ?? [], now?.downMs ?? []),
      };
    const astray = seen && stage.astray?.when(seen, now?.keep) ? stage.astray.hint : undefined;
    return { id: e.id, title: plain(e.title), hint: plain(astray ?? stage.hint), state: e === current ? 'current' : 'open' };
  });
}

const plain = (key: RehearsalKey): Message => ({ key });
