/** What can be broken in the rehearsal world, when, and what has to be done for it. Pure: the world (ports/rehearsal.ts) is looked at before and acted on after. */
import type { Slot } from '../cluster/cluster';
import { problem } from '../errors';
import type { Millis } from '../reading';
import { err, ok, type Result } from '../result';
import type { Message } from '../text/message';
import { name } from '../text/say';
import { say } from './say';

export const REHEARSAL_FAULTS = [
  'kill-active',
  'start-old',
  'lose-engine',
  'slow-copy',
  'fill-disk',
  'take-fence-off',
  'take-secondary-away',
  'stop-joc',
] as const;
export type RehearsalFault = (typeof REHEARSAL_FAULTS)[number];

/** Since when a fault was provoked, and at which instance. Kept by the world until it is undone. */
export interface FaultMark {
  readonly at: Millis;
  readonly slot?: Slot;
}
export interface RehearsalMember {
  readonly name: string;
  readonly running: boolean;
  /** `is-backup` is on in its configuration: running, it does not work. */
  readonly flagged: boolean;
  /** There is no such container. */
  readonly absent?: boolean;
}
/** The world as it is, seen from behind the engines: also where a fault hides it from Handover. */
export interface RehearsalFacts {
  readonly members: Readonly<Record<Slot, RehearsalMember>>;
  /** The JOC Cockpit; absent where the world has none. */
  readonly joc?: { readonly name: string; readonly running: boolean };
  readonly marks: Readonly<Partial<Record<RehearsalFault, FaultMark>>>;
}
export interface FaultState {
  readonly fault: RehearsalFault;
  readonly on: boolean;
  readonly since?: Millis;
  /** Can it be switched over to the other state now? */
  readonly possible: boolean;
  /** Why not. */
  readonly note?: Message;
}

/** Speed of "slow copy", and what "fill the disk" leaves (mock-up rehearsal.html). */
const SLOW_BYTES_PER_SECOND = 1_000_000;
export const FULL_DISK_LEAVES = 40_000_000;

/** What the world is to do. `spare-engine` is the engine that carries the Secondary. */
export type RehearsalAct =
  | { readonly do: 'kill' | 'start' | 'stop' | 'fence'; readonly slot: Slot }
  /** Flag off, and a copy of the other one's journal into its state directory: what a careless admin does. */
  | { readonly do: 'unfence'; readonly slot: Slot; readonly journalOf: Slot }
  | { readonly do: 'socket'; readonly engine: 'spare-engine'; readonly gone: boolean }
  | { readonly do: 'disk'; readonly engine: 'spare-engine'; readonly leaves: number | 'all' }
  | { readonly do: 'copy-speed'; readonly bytesPerSecond: number | 'full' }
  /** With its volumes, and a new one as it was seeded. */
  | { readonly do: 'remove-secondary' | 'make-secondary' }
  | { readonly do: 'joc'; readonly run: boolean }
  | { readonly do: 'mark'; readonly fault: RehearsalFault; readonly slot?: Slot }
  | { readonly do: 'unmark'; readonly fault: RehearsalFault };

const other = (slot: Slot): Slot => (slot === 'primary' ? 'secondary' : 'primary');
const works = (m: RehearsalMember): boolean => m.running && !m.flagged;

/** The one that works, if exactly one does. */
export function workingSlot(f: RehearsalFacts): Slot | 'none' | 'both' {
  const [primary, secondary] = [works(f.members.primary), works(f.members.secondary)];
  return primary && secondary ? 'both' : primary ? 'primary' : secondary ? 'secondary' : 'none';
}

const no = (fault: RehearsalFault, on: boolean, note: Message, since?: Millis): FaultState => ({
  fault,
  on,
  possible: false,
  note,
  ...(since !== undefined && { since }),
});
const may = (fault: RehearsalFault, since?: Millis): FaultState => ({
  fault,
  on: since !== undefined,
  possible: true,
  ...(since !== undefined && { since }),
});

function killActive(f: RehearsalFacts): FaultState {
  const mark = f.marks['kill-active'];
  const active = workingSlot(f);
  if (mark?.slot && !f.members[mark.slot].running && !f.members[mark.slot].absent) {
    const another = f.members[other(mark.slot)];
    return works(another) && !f.members[mark.slot].flagged
      ? no('kill-active', true, say('rehearsal.note.otherWorks', { name: name(another.name) }), mark.at)
      : may('kill-active', mark.at);
  }
  if (active === 'none') return no('kill-active', false, say('rehearsal.note.nobodyActive'));
  return active === 'both' ? no('kill-active', false, say('rehearsal.note.twoActive')) : may('kill-active');
}

function startOld(f: RehearsalFacts): FaultState {
  const mark = f.marks['start-old'];
  if (mark?.slot && f.members[mark.slot].running) {
    const keeps = f.members[other(mark.slot)].running || !works(f.members[mark.slot]);
    return keeps
      ? may('start-old', mark.at)
      : no('start-old', true, say('rehearsal.note.onlyOne', { name: name(f.members[mark.slot].name) }), mark.at);
  }
  const active = workingSlot(f);
  if (active === 'none') return no('start-old', false, say('rehearsal.note.nobodyOld'));
  if (active === 'both') return no('start-old', false, say('rehearsal.note.twoActive'));
  const old = f.members[other(active)];
  if (old.absent) return no('start-old', false, say('rehearsal.note.away', { name: name(old.name) }));
  return old.running ? no('start-old', false, say('rehearsal.note.runsAlready', { name: name(old.name) })) : may('start-old');
}

function takeFenceOff(f: RehearsalFacts): FaultState {
  const mark = f.marks['take-fence-off'];
  if (mark?.slot && !f.members[mark.slot].flagged) {
    const last = works(f.members[mark.slot]) && !works(f.members[other(mark.slot)]);
    return last
      ? no('take-fence-off', true, say('rehearsal.note.onlyOne', { name: name(f.members[mark.slot].name) }), mark.at)
      : may('take-fence-off', mark.at);
  }
  const active = workingSlot(f);
  if (active === 'none') return no('take-fence-off', false, say('rehearsal.note.nobodyActive'));
  if (active === 'both') return no('take-fence-off', false, say('rehearsal.note.twoActive'));
  const spare = f.members[other(active)];
  if (spare.absent) return no('take-fence-off', false, say('rehearsal.note.away', { name: name(spare.name) }));
  if (spare.running) return no('take-fence-off', false, say('rehearsal.note.stopFirst', { name: name(spare.name) }));
  return spare.flagged ? may('take-fence-off') : no('take-fence-off', false, say('rehearsal.note.noFence', { name: name(spare.name) }));
}

const on = (fault: RehearsalFault, since: Millis | undefined): FaultState => ({
  fault,
  on: true,
  possible: true,
  ...(since !== undefined && { since }),
});

/** Only a spare that does not run: all that the world knows would be gone with the other. */
function takeSecondaryAway(f: RehearsalFacts): FaultState {
  const fault = 'take-secondary-away';
  const { secondary } = f.members;
  if (secondary.absent) return on(fault, f.marks[fault]?.at);
  if (!secondary.running && works(f.members.primary)) return may(fault);
  return works(f.members.primary)
    ? no(fault, false, say('rehearsal.note.stopFirst', { name: name(secondary.name) }))
    : no(fault, false, say('rehearsal.note.primaryNotActive', { name: name(f.members.primary.name) }));
}

function stopJoc(f: RehearsalFacts): FaultState {
  const fault = 'stop-joc';
  if (!f.joc) return no(fault, false, say('rehearsal.note.noJoc'));
  return f.joc.running ? may(fault) : on(fault, f.marks[fault]?.at);
}

const marked =
  (fault: RehearsalFault) =>
  (f: RehearsalFacts): FaultState =>
    may(fault, f.marks[fault]?.at);
const STATE: Readonly<Record<RehearsalFault, (f: RehearsalFacts) => FaultState>> = {
  'kill-active': killActive,
  'start-old': startOld,
  'lose-engine': marked('lose-engine'),
  'slow-copy': marked('slow-copy'),
  'fill-disk': marked('fill-disk'),
  'take-fence-off': takeFenceOff,
  'take-secondary-away': takeSecondaryAway,
  'stop-joc': stopJoc,
};

export const faultState = (fault: RehearsalFault, f: RehearsalFacts): FaultState => STATE[fault](f);
export const faultStates = (f: RehearsalFacts): readonly FaultState[] => REHEARSAL_FAULTS.map((fault) => faultState(fault, f));

/** The acts that bring a fault about or undo it. None where it is so already. CONFLICT with the reason (a message key) in `detail` where it is not possible now. */
export function plan(fault: RehearsalFault, wanted: boolean, f: RehearsalFacts): Result<readonly RehearsalAct[]> {
  const state = faultState(fault, f);
  if (state.on === wanted) return ok([]);
  if (!state.possible)
    return err(
      problem('CONFLICT', 'The rehearsal world does not allow this now.', {
        remedy: 'See the note beside the fault.',
        ...(state.note && { detail: state.note.key }),
      }),
    );
  const active = workingSlot(f);
  const markSlot = f.marks[fault]?.slot;
  const slot: Slot = markSlot && !wanted ? markSlot : active === 'secondary' ? 'secondary' : 'primary';
  const spare = markSlot && !wanted ? markSlot : other(slot);
  const acts: Record<RehearsalFault, readonly [readonly RehearsalAct[], readonly RehearsalAct[]]> = {
    'kill-active': [
      [
        { do: 'mark', fault, slot },
        { do: 'kill', slot },
      ],
      [
        { do: 'start', slot },
        { do: 'unmark', fault },
      ],
    ],
    'start-old': [
      [
        { do: 'mark', fault, slot: spare },
        { do: 'start', slot: spare },
      ],
      [
        { do: 'stop', slot: spare },
        { do: 'unmark', fault },
      ],
    ],
    'take-fence-off': [
      [
        { do: 'unfence', slot: spare, journalOf: slot },
        { do: 'mark', fault, slot: spare },
      ],
      [...(f.members[spare].running ? [{ do: 'stop', slot: spare } as const] : []), { do: 'fence', slot: spare }, { do: 'unmark', fault }],
    ],
    'take-secondary-away': [
      [{ do: 'mark', fault, slot: 'secondary' }, { do: 'remove-secondary' }],
      [{ do: 'make-secondary' }, { do: 'unmark', fault }],
    ],
    'stop-joc': [
      [
        { do: 'mark', fault },
        { do: 'joc', run: false },
      ],
      [
        { do: 'joc', run: true },
        { do: 'unmark', fault },
      ],
    ],
    'lose-engine': [
      [
        { do: 'socket', engine: 'spare-engine', gone: true },
        { do: 'mark', fault },
      ],
      [
        { do: 'socket', engine: 'spare-engine', gone: false },
        { do: 'unmark', fault },
      ],
    ],
    'slow-copy': [
      [
        { do: 'copy-speed', bytesPerSecond: SLOW_BYTES_PER_SECOND },
        { do: 'mark', fault },
      ],
      [
        { do: 'copy-speed', bytesPerSecond: 'full' },
        { do: 'unmark', fault },
      ],
    ],
    'fill-disk': [
      [
        { do: 'disk', engine: 'spare-engine', leaves: FULL_DISK_LEAVES },
        { do: 'mark', fault },
      ],
      [
        { do: 'disk', engine: 'spare-engine', leaves: 'all' },
        { do: 'unmark', fault },
      ],
    ],
  };
  return ok(acts[fault][wanted ? 0 : 1]);
}
