/** What a report says in figures: from its events' evidence alone, never from what is so today. */
import type { Report, ReportStep } from '@/lib/domain/switchover/report';
import type { StepId } from '@/lib/domain/switchover/steps';

/** The last successful time that a step was done. */
const doneStep = (r: Report, step: StepId): ReportStep | undefined =>
  r.steps.findLast((s) => s.step === step && s.way === 'do' && s.outcome === 'succeeded');
const fact = (r: Report, step: StepId, name: string): string | number | boolean | undefined =>
  doneStep(r, step)?.evidence.find((e) => e.facts?.[name] !== undefined)?.facts?.[name];

export interface Proof {
  readonly id: 'controllerId' | 'journalId' | 'lastEvent' | 'joc';
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly result: 'same' | 'notBehind' | 'behind' | 'differs' | 'unproved' | 'follows' | 'left';
}

/** Facts of the old one beside those of the new one. What a run did not get to is "not proved", never "same". */
export function proofs(r: Report): readonly Proof[] {
  const text = (v: string | number | boolean | undefined) => (v === undefined ? undefined : String(v));
  const [id, journal, event] = [
    fact(r, 'prove-works', 'controllerId'),
    fact(r, 'prove-works', 'journalId'),
    fact(r, 'prove-works', 'lastEventId'),
  ];
  const stoppedAt = fact(r, 'prove-stopped', 'lastEventId');
  const alike = (was: string, is: typeof id): Proof['result'] => (is === undefined ? 'unproved' : is === was ? 'same' : 'differs');
  return [
    { id: 'controllerId', before: r.controllerId, after: text(id), result: alike(r.controllerId, id) },
    { id: 'journalId', before: r.journalId, after: text(journal), result: alike(r.journalId, journal) },
    {
      id: 'lastEvent',
      before: text(stoppedAt),
      after: text(event),
      result: typeof event !== 'number' || typeof stoppedAt !== 'number' ? 'unproved' : event >= stoppedAt ? 'notBehind' : 'behind',
    },
    ...(r.joc ? [jocProof(r.joc)] : []),
  ];
}

/** The URL that JOC Cockpit had registered, and the one under which its proxy was seen to follow. */
const jocProof = (joc: NonNullable<Report['joc']>): Proof => ({
  id: 'joc',
  before: joc.before,
  after: joc.after,
  result: joc.outcome === 'not-told' ? 'unproved' : joc.outcome,
});

/** Orders that the new one told of after its start. */
export function ordersAfter(r: Report): number | undefined {
  const orders = fact(r, 'prove-works', 'orderCount');
  return typeof orders === 'number' ? orders : undefined;
}

/** What each instance is at the end, as far as the run proved it. */
export type SideEnd = 'active' | 'stopped' | 'fenced' | 'retired' | 'unproved';
export function endsOf(r: Report): { source: readonly SideEnd[]; target: readonly SideEnd[] } {
  if (r.result === 'undone')
    return r.steps.some((s) => s.step === 'shut-down' && s.way === 'undo' && s.outcome === 'succeeded') || !doneStep(r, 'shut-down')
      ? { source: ['active'], target: ['stopped'] }
      : { source: ['unproved'], target: ['stopped'] };
  if (r.result !== 'succeeded') return { source: ['unproved'], target: ['unproved'] };
  return {
    source: [
      'stopped',
      ...(doneStep(r, 'prove-fence') ? (['fenced'] as const) : []),
      ...(doneStep(r, 'retire') ? (['retired'] as const) : []),
    ],
    target: ['active'],
  };
}

export interface Decided {
  readonly at: number;
  readonly kind: 'decision' | 'stop';
  readonly who?: string;
  readonly choice?: string;
  readonly why?: string;
  readonly reason?: string;
}
/** Decisions of people and stops of the run itself, in the order in which they happened. */
export const turningPoints = (r: Report): readonly Decided[] =>
  [
    ...r.decisions.map((d): Decided => ({ at: d.at, kind: 'decision', who: d.by, choice: d.choice, ...(d.why && { why: d.why }) })),
    ...r.stops.map((s): Decided => ({ at: s.at, kind: 'stop', reason: s.reason })),
  ].sort((a, b) => a.at - b.at);
