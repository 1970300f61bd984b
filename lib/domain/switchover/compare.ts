/** Plan beside world, one fact per row: what a person reads before they choose how an interrupted or stopped run goes on. */
import type { Message } from '../text/message';
import type { RunState } from './state';
import type { StepId } from './steps';
import type { SideWorld, World } from './world';

export interface Compared {
  readonly id: string;
  readonly title: Message;
  readonly planned: Message;
  readonly seen: Message;
  readonly verdict: 'same' | 'differs' | 'unknown';
}

const code = (value: string) => ({ as: 'code' as const, value });
const done = (s: RunState, id: keyof RunState['steps']): boolean => s.steps[id].do === 'succeeded' && s.steps[id].undo !== 'succeeded';

interface Row {
  readonly id: string;
  /** The step that changes this fact. */
  readonly step: StepId;
  readonly planned: (s: RunState) => string;
  readonly seen: (w: World, s: RunState) => string;
  /** Only of runs that it concerns. */
  readonly when?: (s: RunState) => boolean;
}
const stateWord = (w: SideWorld): string => (w.state.kind === 'journal' ? `${w.state.journalId} ${w.state.lastEventId}` : w.state.kind);

/** Each row compares two words; `*` fits anything, `unknown` is told as unknown. */
const ROWS: readonly Row[] = [
  { id: 'lock', step: 'lock', planned: (s) => (done(s, 'report') ? 'free' : done(s, 'lock') ? 'ours' : 'free'), seen: (w) => w.lock },
  {
    id: 'source-container',
    step: 'shut-down',
    planned: (s) => (done(s, 'shut-down') || s.plan.variant === 'source-crashed' ? 'stopped' : 'running'),
    seen: (w) => run(w.source),
  },
  {
    id: 'source-api',
    step: 'shut-down',
    planned: (s) => (done(s, 'shut-down') || s.plan.variant === 'source-crashed' ? 'silent' : 'answers'),
    seen: (w) => w.source.api,
  },
  {
    id: 'source-policy',
    step: 'fence-ahead',
    planned: (s) => (done(s, 'fence-ahead') ? 'no' : s.plan.source.policy.name),
    seen: (w) => w.source.policy,
  },
  {
    id: 'source-flag',
    step: 'fence-ahead',
    planned: (s) => (done(s, 'fence-ahead') ? 'on' : s.plan.source.flag),
    seen: (w) => w.source.flag,
  },
  {
    id: 'source-journal',
    step: 'retire',
    planned: (s) => (done(s, 'retire') ? 'empty' : s.noted ? `${s.plan.journalId} ${s.noted.lastEventId}` : s.plan.journalId),
    seen: (w, s) =>
      s.noted || done(s, 'retire')
        ? stateWord(w.source)
        : w.source.state.kind === 'journal'
          ? w.source.state.journalId
          : w.source.state.kind,
  },
  { id: 'target-container', step: 'start', planned: (s) => (done(s, 'start') ? 'running' : 'stopped'), seen: (w) => run(w.target) },
  {
    id: 'target-policy',
    step: 'unfence',
    planned: (s) => (done(s, 'unfence') ? s.plan.source.policy.name : s.plan.target.policy.name),
    seen: (w) => w.target.policy,
  },
  { id: 'target-flag', step: 'unfence', planned: (s) => (done(s, 'unfence') ? 'off' : s.plan.target.flag), seen: (w) => w.target.flag },
  {
    id: 'target-copy',
    step: 'copy-rest',
    planned: (s) => (s.pointPassed ? '*' : done(s, 'copy-rest') ? 'verified' : 'none'),
    seen: (w) => copy(w.target),
  },
  ...(['source', 'target'] as const).map(
    (which): Row => ({
      id: `${which}-name`,
      step: 'move-name',
      when: (s) => s.plan.joc?.move !== undefined,
      planned: (s) => ((done(s, 'move-name') ? which === 'target' : s.plan.joc?.move?.[which].held) ? 'carried' : 'not-carried'),
      seen: (w) => ({ yes: 'carried', no: 'not-carried', unknown: 'unknown' })[w[which].name ?? 'unknown'],
    }),
  ),
];
/**
 * A step that was intended and has no outcome may or may not have had its effect: both its fact before and its fact after are as the log left them. Each state gives
 * one reading of the log.
 */
function readings(s: RunState, step: StepId): readonly RunState[] {
  const st = s.steps[step];
  const cut = (st.intendedAt !== undefined && st.do !== 'succeeded') || (st.undo !== 'open' && st.undo !== 'succeeded');
  if (!cut) return [s];
  const as = (change: Partial<typeof st>): RunState => ({ ...s, steps: { ...s.steps, [step]: { ...st, ...change } } });
  return [as({ do: 'succeeded', undo: 'open' }), as({ undo: 'succeeded' })];
}
const run = (w: SideWorld): string => (w.running === 'unknown' ? 'unknown' : w.running === 'yes' ? 'running' : 'stopped');
const copy = (w: SideWorld): string =>
  w.state.kind === 'unknown' ? 'unknown' : w.state.kind === 'journal' && w.state.verified ? 'verified' : 'none';

export function compare(state: RunState, world: World): readonly Compared[] {
  return ROWS.filter((row) => row.when?.(state) ?? true).map((row) => {
    const seen = row.seen(world, state);
    const fits = readings(state, row.step).map(row.planned);
    const planned = fits.find((p) => p === '*' || p === seen) ?? row.planned(state);
    const verdict = seen === 'unknown' ? 'unknown' : planned === '*' || planned === seen ? 'same' : 'differs';
    return {
      id: row.id,
      title: { key: `compare.${row.id}`, params: names(state) },
      planned: word(planned === '*' ? seen : planned),
      seen: word(seen),
      verdict,
    };
  });
}
/** Words of ours are translated; names and ids stand as they are. */
const WORDS = new Set([
  'ours',
  'free',
  'theirs',
  'partly',
  'unknown',
  'stopped',
  'running',
  'silent',
  'answers',
  'on',
  'off',
  'empty',
  'verified',
  'none',
  'carried',
  'not-carried',
]);
const word = (w: string): Message =>
  WORDS.has(w) ? { key: `compare.word.${w}` } : { key: 'compare.word.other', params: { word: code(w) } };

/** `{source}` and `{target}` of a run's texts: Primary or Secondary. */
export const names = (s: Pick<RunState, 'plan'>): { source: string; target: string } => ({
  source: label(s.plan.source.slot),
  target: label(s.plan.target.slot),
});
const label = (slot: 'primary' | 'secondary'): string => (slot === 'primary' ? 'Primary' : 'Secondary');

/** The way that keeps the others open, where there is one: going on while the world is as planned and undo stays possible; else the undo. */
export function recommend(
  choices: readonly string[],
  rows: readonly Compared[],
  /** The target was started early and is all that the run wants (`targetWorks`). */
  works = false,
): { readonly choice?: 'continue' | 'undo' | 'by-hand'; readonly why: readonly Message[] } {
  const lock = rows.find((r) => r.id === 'lock')?.seen.key;
  if (lock === 'compare.word.theirs' && choices.includes('by-hand')) return { choice: 'by-hand', why: [{ key: 'recommend.lock-theirs' }] };
  if (works && choices.includes('continue')) return { choice: 'continue', why: [{ key: 'recommend.target-works' }] };
  const fits = rows.every((r) => r.verdict === 'same');
  if (choices.includes('continue') && fits)
    return { choice: 'continue', why: [{ key: 'recommend.fits' }, ...(choices.includes('undo') ? [{ key: 'recommend.undo-stays' }] : [])] };
  if (choices.includes('undo')) return { choice: 'undo', why: [{ key: fits ? 'recommend.cannot-continue' : 'recommend.differs' }] };
  if (choices.includes('continue')) return { choice: 'continue', why: [{ key: 'recommend.look-first' }] };
  return choices.includes('by-hand') ? { choice: 'by-hand', why: [{ key: 'recommend.by-hand' }] } : { why: [] };
}
