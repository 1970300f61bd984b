import { describe, expect, it } from 'vitest';
import type { ClusterView, InstanceView, Role } from '../cluster/view';
import { rehearsalTexts } from '../text/en/rehearsal';
import { advance, EXERCISES, exerciseStates, onlyDone, type Progress, type Seen } from './exercises';
import type { RehearsalFault } from './faults';

type Side = readonly [Role, InstanceView['alive'], ('fresh' | 'lost')?, number?];
const member = (slot: 'primary' | 'secondary', [role, alive, fresh = 'fresh', freeBytes]: Side) => ({
  slot,
  role,
  alive,
  docker: { freshness: { state: fresh } },
  disk: { freshness: { state: fresh }, ...(freeBytes !== undefined && { freeBytes }) },
});
const view = (primary: Side, secondary: Side, ...alarms: string[]) =>
  ({
    primary: member('primary', primary),
    secondary: member('secondary', secondary),
    guard: { alarms: alarms.map((code) => ({ code })) },
  }) as unknown as ClusterView;

const WELL = view(['active', 'yes'], ['fenced', 'no']);
const NOBODY = view(['cold', 'no'], ['fenced', 'no'], 'nobody-active');
const KILLED = view(['killed', 'no'], ['fenced', 'no'], 'nobody-active');
const TWO = view(['active', 'yes'], ['active', 'yes'], 'two-alive');

let clock = 0;
const see = (v: ClusterView, ...faults: RehearsalFault[]): Seen => {
  clock += 1000;
  return { at: clock, view: v, faults: new Set(faults) };
};
const run = (...seen: Seen[]): Progress => seen.reduce(advance, {});
const done = (p: Progress) =>
  exerciseStates(p, undefined)
    .filter((e) => e.state === 'done')
    .map((e) => e.id);
const current = (p: Progress, seen?: Seen) => exerciseStates(p, seen).find((e) => e.state === 'current');

describe('exercises', () => {
  it('have texts for every stage', () => {
    for (const e of EXERCISES) {
      for (const key of [e.title, ...e.stages.flatMap((s) => [s.hint, ...(s.astray ? [s.astray.hint] : [])]), e.done([0, 0, 0, 0], []).key])
        expect(rehearsalTexts[key as keyof typeof rehearsalTexts], key).toBeTruthy();
    }
  });
  it('nothing is done by looking at a world that is well', () => {
    const nothing: Progress = {};
    expect(advance(nothing, see(WELL))).toBe(nothing);
    expect(current(nothing)).toMatchObject({ id: 'watch', hint: { key: 'rehearsal.watch.0' } });
  });
  it('a stop and a start is the first; a kill is another', () => {
    expect(done(run(see(WELL), see(NOBODY), see(WELL)))).toEqual(['watch']);
    expect(done(run(see(WELL), see(KILLED, 'kill-active'), see(WELL)))).toEqual(['kill']);
  });
  it('tells how long nobody worked', () => {
    const p = run({ ...see(NOBODY), at: 10_000 }, { ...see(WELL), at: 17_500 });
    expect(exerciseStates(p, undefined)[0]?.result).toEqual({
      key: 'rehearsal.watch.done',
      params: { down: { as: 'duration', value: 7500 } },
    });
  });
  it('the spare that idles or refuses, and is stopped again', () => {
    const idle = run(see(WELL, 'start-old'), see(view(['active', 'yes'], ['idle', 'yes']), 'start-old'));
    expect(current(idle)).toMatchObject({ id: 'spare', hint: { key: 'rehearsal.spare.1' } });
    expect(done(advance(idle, see(WELL)))).toEqual(['spare']);
    expect(done(run(see(view(['active', 'yes'], ['refused', 'no'])), see(view(['active', 'yes'], ['refused', 'no']))))).toEqual(['spare']);
  });
  it('over and back: told by the runs that were done, with their downtimes', () => {
    const BACK = view(['fenced', 'no'], ['active', 'yes']);
    const there = { at: 1, to: 'secondary', downMs: 12_000 } as const;
    const back = { at: 2, to: 'primary', downMs: 11_000 } as const;
    const half = run(see(WELL), { ...see(BACK), moves: [there] });
    expect(current(half)).toMatchObject({ id: 'switch', hint: { key: 'rehearsal.switch.1' } });
    expect(done(advance(half, { ...see(BACK), moves: [there] }))).toEqual([]);
    const whole = advance(half, { ...see(WELL), moves: [back, there] });
    expect(exerciseStates(whole, undefined).find((e) => e.id === 'switch')).toMatchObject({
      state: 'done',
      result: { params: { there: { value: 12_000 }, back: { value: 11_000 } } },
    });
    expect(done(run(see(WELL), see(BACK), see(WELL))), 'moved by hand, without a run').toEqual([]);
  });
  it('a lost socket, and all seen again', () => {
    const lost = view(['active', 'yes'], ['unknown', 'unknown', 'lost']);
    expect(done(run(see(lost, 'lose-engine'), see(lost), see(WELL)))).toEqual(['socket']);
    expect(done(run(see(lost), see(WELL)))).toEqual([]);
  });
  it('a split brain, the right one stopped, the fence put back', () => {
    const p = run(see(WELL, 'take-fence-off'), see(TWO, 'take-fence-off', 'start-old'));
    expect(current(p)).toMatchObject({ id: 'split', hint: { key: 'rehearsal.split.2' } });
    expect(
      done(
        run(
          see(WELL, 'take-fence-off'),
          see(TWO, 'take-fence-off', 'start-old'),
          see(view(['active', 'yes'], ['cold', 'no']), 'take-fence-off'),
          see(WELL),
        ),
      ),
    ).toEqual(['split']);
  });
  it('the wrong one stopped is not done, and says so', () => {
    const wrong = see(view(['cold', 'no'], ['active', 'yes']), 'take-fence-off', 'start-old');
    const p = run(see(WELL, 'take-fence-off'), see(TWO, 'take-fence-off', 'start-old'), wrong);
    expect(done(p)).toEqual([]);
    expect(current(p, wrong)).toMatchObject({ hint: { key: 'rehearsal.split.wrong' } });
  });
  it('the full disk is seen and freed', () => {
    const full = view(['active', 'yes'], ['fenced', 'no', 'fresh', 39_000_000]);
    expect(done(run(see(full, 'fill-disk'), see(full), see(view(['active', 'yes'], ['fenced', 'no', 'fresh', 9e9]))))).toEqual(['disk']);
  });
  it('the Secondary is made again', () => {
    const away = see(view(['active', 'yes'], ['absent', 'no']), 'take-secondary-away');
    const p = run(see(WELL), away);
    expect(current(p)).toMatchObject({ id: 'create', hint: { key: 'rehearsal.create.1' } });
    expect(done(advance(p, see(view(['active', 'yes'], ['cold', 'no']))))).toEqual([]);
    expect(done(advance(p, see(WELL)))).toEqual(['create']);
  });
  it('registered is not yet followed', () => {
    const joc = (registered: string, proxy: string, state = 'fresh') =>
      ({ ...WELL, joc: { freshness: { state }, registered, says: [{ slot: 'primary', proxy }] } }) as unknown as ClusterView;
    const p = run(see(joc('no', 'unknown')), see(joc('yes', 'behind')), see(joc('yes', 'behind')));
    expect(current(p)).toMatchObject({ id: 'register', hint: { key: 'rehearsal.register.1' } });
    expect(done(advance(p, see(joc('yes', 'follows'))))).toEqual(['register']);
    const down = run(see(joc('yes', 'follows')), see(joc('unknown', 'unknown', 'lost'), 'stop-joc'));
    expect(current(down)).toMatchObject({ id: 'register' });
    expect(done(advance(down, see(joc('yes', 'behind'))))).toEqual(['joc']);
  });
  it('unknown is not taken for stopped', () => {
    const unknown = view(['unknown', 'unknown', 'lost'], ['fenced', 'no'], 'nobody-active');
    expect(run(see(unknown), see(WELL))).toEqual({});
  });
  it('a reset keeps what is done and forgets what was begun', () => {
    const p = run(see(NOBODY), see(WELL), see(KILLED, 'kill-active'));
    expect(onlyDone(p)).toEqual({ watch: p.watch });
  });
});
