/** Rules that hold in every world: all answers of one member beside every kind of partner, and random pairs (fast-check). Seeds are printed by fast-check on failure. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assertMessages } from '../text/messages.test-support';
import type { Slot } from './cluster';
import { fold } from './fold';
import type { ClusterObservation, MemberObservation, ObservedRun } from './observation';
import { JOURNAL, NOW, OTHER_JOURNAL, observation, stranger } from './samples.test-support';
import type { ClusterView } from './view';
import {
  allMembers,
  CONTROLLERS,
  containers,
  DISKS,
  ENGINES,
  hasLicensedJournal,
  partners,
  provedStopped,
  saysDeciding,
  saysEmpty,
  saysLicensed,
  saysPassive,
} from './worlds.test-support';

/** Throws with the rule that is broken. Plain ifs: it runs hundreds of thousands of times. */
function check(o: ClusterObservation, v: ClusterView): void {
  const members: [Slot, MemberObservation][] = [
    ['primary', o.primary],
    ...(o.cluster.secondary && o.secondary ? [['secondary', o.secondary] as [Slot, MemberObservation]] : []),
  ];
  const fail = (rule: string): never => {
    throw new Error(rule);
  };
  const mayLive = members.filter(([, m]) => !provedStopped(m));
  const mayWork = mayLive.filter(([, m]) => !saysPassive(m));
  const licensed = members.some(([, m]) => saysLicensed(m));

  for (const [slot, m] of members) {
    const view = v[slot];
    if (!view) throw new Error(`${slot} is not shown`);
    if ((view.alive === 'no') !== provedStopped(m)) fail(`${slot}: alive=${view.alive}, but proved stopped=${provedStopped(m)}`);
    const start = view.actions.find((a) => a.kind === 'start');
    if (!start?.allowed) {
      if (!start?.note) fail(`${slot}: a refused start has no reason`);
      continue;
    }
    if (!provedStopped(m)) fail(`${slot} may be started although it may live`);
    if (m.container.kind === 'value' && m.container.value === 'absent') fail(`${slot} may be started although it is gone`);
    if (m.disk.kind !== 'value') fail(`${slot} may be started although its volumes are unread`);
    const others = mayLive.filter(([other]) => other !== slot);
    const joins = hasLicensedJournal(m) || (m.disk.kind === 'value' && m.disk.value.state.kind !== 'journal');
    const seesPeer = others.every(([, other]) => saysLicensed(other) || saysPassive(other) || saysDeciding(other));
    if (others.length > 0 && !(joins && seesPeer)) fail(`${slot} may be started although the other one may live`);
    if (o.strangers.some((x) => x.running)) fail(`${slot} may be started although a stranger runs`);
  }

  const { tone } = v.verdict;
  if (tone === 'ok' && mayLive.length > 1 && !(licensed && v.kind === 'licensed' && members.every(([, x]) => saysLicensed(x))))
    fail('well although two may live');
  if (tone === 'ok' && mayWork.length > 1) fail('well although two may work');
  if (tone === 'ok' && mayWork.length === 0) fail('well although nobody works');
  if (tone === 'ok' && (v.guard.tone !== 'ok' || v.guard.alarms.length > 0)) fail('well although the guard is not');
  if (tone === 'ok' && o.strangers.some((x) => x.running)) fail('well although a stranger runs');
  if (tone === 'ok' && v.primary.role !== 'active' && v.secondary?.role !== 'active') fail('well although nobody is active');
  if (v.guard.alarms.some((a) => a.tone === 'alarm') && tone !== 'alarm') fail('an alarm that the verdict does not tell');
  if (v.guard.alarms.some((a) => a.code === 'nobody-active') && mayWork.length > 0) fail('"nobody works" although somebody may');
  if (v.next?.act && v[v.next.act.slot]?.actions.find((a) => a.kind === v.next?.act?.kind)?.allowed !== true)
    fail('recommends what it does not allow');
  const downtime = o.run?.phase === 'working' && o.run.downSince !== undefined;
  if (downtime && v.guard.alarms.some((a) => a.code === 'nobody-active')) fail('the planned downtime of a run is told as an alarm');
  if (o.run?.phase === 'asking' && ['ok', 'run'].includes(tone)) fail('calm although a run waits for a person');
  if (o.run && v.next?.act?.kind === 'start') fail('recommends a start while a run has the cluster');
  if (o.run && members.some(([slot]) => v[slot]?.actions.find((a) => a.kind === 'start')?.allowed))
    fail('a start is allowed while a run has the cluster');
  const active = members.filter(([slot]) => v[slot]?.role === 'active').length;
  if (active > 1 && (tone !== 'alarm' || !v.guard.alarms.some((a) => a.code === 'two-alive'))) fail('two alive, and no alarm');
  if (v.kind === 'licensed' && members.some(([, x]) => saysEmpty(x))) fail('licensed, although one says Empty');
  if (v.guard.tone === 'ok' && mayWork.length > 1 && v.kind !== 'licensed') fail('the guard says OK although two may work');
}

const run = (o: ClusterObservation, name: string): ClusterView => {
  try {
    const view = fold(o, NOW);
    check(o, view);
    return view;
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
  }
};

describe('in every world', () => {
  test.each<[Slot, Slot, number]>([
    ['primary', 'secondary', 200_000],
    ['secondary', 'primary', 80_000],
  ])(
    '%s goes through all answers, %s through all kinds of partner',
    (slot, otherSlot, atLeast) => {
      const others = Object.entries(partners(otherSlot));
      const tones = new Map<string, number>();
      let worlds = 0;
      // Once with every answer of the engine, once (mirrored) with an engine that answers.
      for (const { name, member } of allMembers(
        slot,
        slot === 'primary' ? ENGINES : { answers: ENGINES.answers as (typeof ENGINES)[string] },
      )) {
        for (const [partner, other] of others) {
          const o = slot === 'primary' ? observation(member, other) : observation(other, member);
          const { tone } = run(o, `${name} | other: ${partner}`).verdict;
          tones.set(tone, (tones.get(tone) ?? 0) + 1);
          worlds += 1;
        }
      }
      expect(worlds).toBeGreaterThan(atLeast);
      expect([...tones.keys()].sort()).toEqual(['alarm', 'bad', 'ok', 'run', 'unknown', 'warn']);
    },
    120_000,
  );

  test('one Controller alone goes through all answers', () => {
    const all = allMembers('primary');
    for (const { name, member } of all) run(observation(member), name);
    expect(all.length).toBeGreaterThan(15_000);
  }, 60_000);
});

const pick = <T>(table: Readonly<Record<string, T>>): fc.Arbitrary<T> => fc.constantFrom(...Object.values(table));
const member = (slot: Slot): fc.Arbitrary<MemberObservation> =>
  fc
    .record({
      engine: pick(ENGINES),
      container: pick(containers(slot)),
      controller: pick(CONTROLLERS),
      disk: pick(DISKS),
    })
    .chain((m) =>
      fc.option(fc.constant({ since: NOW - 3_000 }), { nil: undefined, freq: 5 }).map((stopping) => (stopping ? { ...m, stopping } : m)),
    );
const strangers = fc.array(
  fc
    .record({ n: fc.nat(3), running: fc.boolean(), journalId: fc.constantFrom(undefined, JOURNAL, OTHER_JOURNAL) })
    .map(({ n, running, journalId }) =>
      stranger({ ref: { engineId: 'docker-b', name: `js7-old-${n}` }, running, ...(journalId !== undefined && { journalId }) }),
    ),
  { maxLength: 3 },
);
const run$: fc.Arbitrary<ObservedRun> = fc
  .record({
    from: fc.constantFrom<Slot>('primary', 'secondary'),
    mode: fc.constantFrom('forward' as const, 'undo' as const, 'by-hand' as const),
    phase: fc.constantFrom('working' as const, 'asking' as const),
    down: fc.boolean(),
  })
  .map(({ from, mode, phase, down }) => ({
    ...{ runId: '7', from, mode, phase, step: 'copy-rest' as const, number: 7, of: 12 },
    ...(down && { downSince: NOW - 4_000 }),
    ...(phase === 'asking' && { stopped: 'cannot-see' as const }),
  }));
const world: fc.Arbitrary<ClusterObservation> = fc
  .record({
    primary: member('primary'),
    secondary: fc.option(member('secondary'), { nil: undefined, freq: 8 }),
    strangers,
    age: fc.constantFrom(undefined, 1_000, 90_000),
    run: fc.option(run$, { nil: undefined, freq: 2 }),
  })
  .map(({ primary, secondary, strangers: others, age, run: open }) =>
    observation(primary, secondary, {
      strangers: others,
      ...(age !== undefined && { statusSince: NOW - age }),
      ...(open && { run: open }),
    }),
  );

/** The same value with its keys in the opposite order. */
function reversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reversed) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  ) as T;
}
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(Object.freeze(value))) frozen(inner);
  return value;
}

describe('of random pairs', () => {
  test('the rules hold, with strangers too', () => {
    fc.assert(
      fc.property(world, (o) => check(o, fold(o, NOW))),
      { numRuns: 30_000 },
    );
  }, 60_000);

  test('same input, same view; the order of strangers and of keys means nothing; the input is not touched', () => {
    fc.assert(
      fc.property(world, (o) => {
        const view = JSON.stringify(fold(frozen(structuredClone(o)), NOW));
        expect(JSON.stringify(fold(o, NOW))).toBe(view);
        expect(fold({ ...o, strangers: [...o.strangers].reverse() }, NOW)).toEqual(JSON.parse(view));
        expect(fold(reversed(o), NOW)).toEqual(JSON.parse(view));
      }),
      { numRuns: 3_000 },
    );
  }, 60_000);

  test('every message has its text and all its parameters', () => {
    fc.assert(
      fc.property(world, (o) => assertMessages(fold(o, NOW))),
      { numRuns: 10_000 },
    );
  }, 60_000);

  test('at any later time: nothing throws, and what is not read again is not well any more', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: -600_000, max: 600_000 }), (o, later) => {
        const v = fold(o, NOW + later);
        if (Math.abs(later) > 200_000) expect(v.verdict.tone).not.toBe('ok');
      }),
      { numRuns: 5_000 },
    );
  }, 60_000);
});
