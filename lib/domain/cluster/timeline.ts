/** What changed between two views of a cluster, as lines of its timeline. Pure; a change is told once, when it is first seen. */
import type { Millis } from '../reading';
import type { Message } from '../text/message';
import { code, name, say } from '../text/say';
import type { Slot } from './cluster';
import { STATUS_WORDS } from './status';
import { ofJoc } from './timeline-joc';
import type { Alarm, ClusterView, InstanceView, Role, TimelineEvent } from './view';
import { slotName } from './words';

export type Change = Omit<TimelineEvent, 'id'>;
type Kind = Change['kind'];

const exitOf = (v: InstanceView) => code(String(v.docker.instance?.exitCode ?? '?'));
const its = (v: InstanceView) => ({ name: name(v.ref.name) });

function ended(v: InstanceView): Change | undefined {
  // The engine's own time is the better one, where its clock tells a past time.
  const at = v.docker.instance?.finishedAt ?? 0;
  if (v.role === 'refused')
    return {
      at,
      kind: 'stop',
      message: say('event.refused', { ...its(v), reason: v.disk.freshness.state === 'lost' ? '?' : (refusalWord(v) ?? '?') }),
    };
  const killed = v.role === 'killed' || v.docker.instance?.exitCode === 137;
  return {
    at,
    kind: 'stop',
    message: killed ? say('event.killed', { ...its(v), exit: exitOf(v) }) : say('event.stopped', { ...its(v), exit: exitOf(v) }),
  };
}
const refusalWord = (v: InstanceView): string | undefined => v.reason?.key.replace('reason.refused.', '');

const STOPPED: ReadonlySet<Role> = new Set<Role>(['cold', 'retired', 'fenced', 'refused', 'killed']);
const ROLE_EVENTS: Readonly<Partial<Record<Role, (v: InstanceView) => [Kind, Message]>>> = {
  active: (v) => ['ok', say('event.active', { slot: slotName(v.slot) })],
  standby: (v) => ['ok', say('event.standby', { slot: slotName(v.slot) })],
  starting: (v) => ['start', say('event.starting', its(v))],
  stopping: (v) => ['stop', say('event.stopping', its(v))],
  idle: (v) => ['start', say('event.idle', its(v))],
  waiting: (v) => ['start', say('event.waiting', { slot: slotName(v.slot) })],
  unreachable: (v) => ['lost', say('event.unreachable', its(v))],
  unknown: (v) => ['lost', say('event.unknown', its(v))],
  absent: (v) => ['stop', say('event.absent', its(v))],
};

/** Not known before: what is seen now was there already, unless the engine dates it after the last look. */
function firstLook(before: InstanceView, after: InstanceView): boolean {
  if (before.role !== 'unknown') return false;
  if (before.docker.freshness.state === 'never' || before.controller.freshness.state === 'never') return true;
  const lost = before.docker.freshness.state === 'lost' ? before.docker.freshness.at : undefined;
  const dated = STOPPED.has(after.role) ? after.docker.instance?.finishedAt : after.docker.instance?.startedAt;
  return lost !== undefined && dated !== undefined && dated < lost;
}

function roleChange(before: InstanceView, after: InstanceView, at: Millis): Change[] {
  if (firstLook(before, after)) return [];
  // One that was only created has not ended.
  const created = after.docker.instance?.state === 'created';
  const end = STOPPED.has(after.role) && !STOPPED.has(before.role) && !created ? ended(after) : undefined;
  if (end) return [{ ...end, at: end.at > 0 && end.at <= at ? end.at : at }];
  // From one kind of "stopped" to another only fences and journals have changed; a late reading may tell that it was a refusal.
  if (STOPPED.has(before.role) && STOPPED.has(after.role)) {
    const late = after.role === 'refused' && before.role !== 'refused' ? ended(after) : undefined;
    return late ? [{ ...late, at }] : [];
  }
  if (before.role === after.role)
    return restarted(before, after) ? [{ at, kind: 'start', message: say('event.starting', its(after)) }] : [];
  const told = ROLE_EVENTS[after.role]?.(after);
  return told ? [{ at, kind: told[0], message: told[1] }] : [];
}
const restarted = (before: InstanceView, after: InstanceView): boolean =>
  before.docker.instance?.startedAt !== undefined &&
  after.docker.instance?.startedAt !== undefined &&
  after.docker.instance.startedAt > before.docker.instance.startedAt;

interface FactRule {
  readonly kind: Kind;
  readonly message: (before: InstanceView, after: InstanceView) => Message | undefined;
}
/** Facts that are told only if both views know them: what was not known before has not changed. */
const FACTS: readonly FactRule[] = [
  {
    kind: 'lost',
    message: (b, a) =>
      b.docker.freshness.state !== 'lost' && a.docker.freshness.state === 'lost'
        ? say('event.engine-lost', { engine: name(a.docker.engineName) })
        : undefined,
  },
  {
    kind: 'ok',
    message: (b, a) =>
      b.docker.freshness.state === 'lost' && !['lost', 'never'].includes(a.docker.freshness.state)
        ? say('event.engine-back', { engine: name(a.docker.engineName) })
        : undefined,
  },
  {
    kind: 'settings',
    message: (b, a) => (changed(b.docker.instance?.id, a.docker.instance?.id) ? say('event.recreated', its(a)) : undefined),
  },
  {
    kind: 'settings',
    message: (b, a) => {
      const [before, after] = [b.docker.instance?.restartPolicy.name, a.docker.instance?.restartPolicy.name];
      return before !== undefined && after !== undefined && before !== after
        ? say('event.policy', { ...its(a), policy: code(after), before: code(before) })
        : undefined;
    },
  },
  {
    kind: 'journal',
    message: (b, a) =>
      changed(b.controller.journalId, a.controller.journalId)
        ? say('event.lineage', { slot: slotName(a.slot), journal: code(a.controller.journalId ?? '') })
        : undefined,
  },
  {
    kind: 'journal',
    message: (b, a) => {
      const [before, after] = [b.controller.journalFiles, a.controller.journalFiles];
      const same = b.controller.journalId === a.controller.journalId && b.controller.startedAt === a.controller.startedAt;
      return same && before !== undefined && after !== undefined && after > before
        ? say('event.journal-file', { slot: slotName(a.slot) })
        : undefined;
    },
  },
  {
    kind: 'journal',
    message: (b, a) =>
      a.disk.config && b.disk.config && a.disk.retired.length > b.disk.retired.length
        ? say('event.retired', { slot: slotName(a.slot) })
        : undefined,
  },
  {
    kind: 'settings',
    message: (b, a) => {
      if (!b.disk.config || !a.disk.config || b.disk.config.isBackup === a.disk.config.isBackup) return undefined;
      return a.disk.config.isBackup ? say('event.fenced', its(a)) : say('event.unfenced', its(a));
    },
  },
];
const changed = (before: string | undefined, after: string | undefined): boolean =>
  before !== undefined && after !== undefined && before !== after;

function ofMember(slot: Slot, previous: ClusterView, next: ClusterView, at: Millis): Change[] {
  const [before, after] = [previous[slot], next[slot]];
  if (!before || !after || before.ref.name !== after.ref.name || before.ref.engineId !== after.ref.engineId) return [];
  const facts = FACTS.flatMap(({ kind, message }) => {
    const text = message(before, after);
    return text ? [{ at, kind, message: text }] : [];
  });
  // "engine does not answer" tells it all: not also "what it does is not known any more".
  const role = roleChange(before, after, at).filter(
    (c) => !(c.message.key === 'event.unknown' && facts.some((f) => f.message.key === 'event.engine-lost')),
  );
  return [...facts, ...role];
}

/** An alarm also ends because its instance was started or is not seen any more. That it is over is told only where the new view knows what the line says. */
function isOver({ code: ended, slots }: Alarm, after: ClusterView): boolean {
  const members = [after.primary, after.secondary].filter((m) => m !== undefined);
  const its = members.filter((m) => slots.includes(m.slot));
  switch (ended) {
    case 'two-alive':
    case 'may-be-two':
      return members.filter((m) => m.alive !== 'no' && m.role !== 'standby' && m.role !== 'idle').length < 2;
    case 'nobody-active':
      return members.some((m) => m.role === 'active');
    case 'must-not-live':
      return its.every((m) => m.alive === 'no');
    case 'unexpected-lineage':
      return its.every((m) => m.controller.journalId !== undefined);
    case 'journals-parted':
      // It is over where the journal was put aside; a start of one of the two only hides it.
      return its.every((m) => m.disk.stateEmpty === true);
    case 'two-at-rest':
      return its.every((m) => m.alive === 'no');
    case 'spare-not-fenced':
      return its.every((m) => m.fences.includes('backup-flag'));
    case 'restart-policy':
      return its.every((m) => m.alive === 'no' && m.docker.instance?.restartPolicy.name === 'no');
    case 'appointed-without-licence':
      return its.every((m) => m.role === 'active' || m.role === 'standby');
    case 'auto-remove':
      return its.every((m) => m.docker.instance?.autoRemove === false);
    case 'joc-elsewhere':
      return after.joc?.registered === 'yes' && after.joc.says.some((s) => s.proxy === 'follows');
    case 'renamed':
      return its.every((m) => m.docker.instance !== undefined);
    case 'third-copy':
      return true;
  }
}

const alarmKey = (a: Alarm): string => `${a.code}/${a.slots.join('+')}/${a.code === 'third-copy' ? JSON.stringify(a.title.params) : ''}`;
function ofAlarms(previous: ClusterView, next: ClusterView, at: Millis): Change[] {
  const [before, after] = [previous.guard.alarms, next.guard.alarms];
  const raised = after.filter((a) => !before.some((b) => alarmKey(b) === alarmKey(a)));
  // At the start of Handover nothing has been read yet: that this is over is no news.
  const unread = [previous.primary, previous.secondary].some((m) => m?.docker.freshness.state === 'never');
  const over = before.filter((b) => !unread && !after.some((a) => a.code === b.code) && isOver(b, next));
  return [
    ...raised.map((a): Change => ({ at, kind: 'alarm', message: a.title })),
    ...over.map((b): Change => ({ at, kind: 'ok', message: say(`event.over.${b.code}`) })),
  ];
}

const OF_ENGINE: ReadonlySet<string> = new Set(['event.engine-lost', 'event.engine-back']);

/**
 * The lines to append, oldest first. Nothing for the first view of a cluster: what was there before is no news.
 * @param at When `next` was folded.
 */
export function changes(previous: ClusterView | undefined, next: ClusterView, at: Millis): readonly Change[] {
  if (!previous || previous.id !== next.id) return [];
  const status: Change[] =
    previous.status.code === next.status.code || previous.status.code === 'Unknown' || next.status.code === 'Unknown'
      ? []
      : [
          {
            at,
            kind: 'ok',
            message: say('event.status', { status: STATUS_WORDS[next.status.code], before: STATUS_WORDS[previous.status.code] }),
          },
        ];
  const first = ofMember('primary', previous, next, at);
  // One engine under both is told once.
  const told = first.filter((c) => OF_ENGINE.has(c.message.key)).map((c) => JSON.stringify(c.message));
  const second = ofMember('secondary', previous, next, at).filter((c) => !told.includes(JSON.stringify(c.message)));
  return [...first, ...second, ...status, ...ofJoc(previous, next, at), ...ofAlarms(previous, next, at)];
}
