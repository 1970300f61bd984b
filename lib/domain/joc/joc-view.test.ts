/** JOC Cockpit in the judgement: the fold's own table for it, and rules that hold in every combination. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { fold } from '../cluster/fold';
import type { ClusterObservation, MemberObservation } from '../cluster/observation';
import {
  cluster,
  disk,
  failing,
  JOURNAL,
  journal,
  NOW,
  nodeState,
  observation,
  says,
  seen,
  silent,
  stopped,
  stranger,
  unasked,
  works,
} from '../cluster/samples.test-support';
import { changes } from '../cluster/timeline';
import type { ClusterView } from '../cluster/view';
import { problem } from '../errors';
import { en } from '../text/en';
import type { Message } from '../text/message';
import { assertMessages } from '../text/messages.test-support';
import type { JocFollow, JocObservation } from './joc';
import { BY_NAME, clusterJoc, deadNode, jocFacts, jocNode, jocSays, jocSees, UPDATE } from './samples.test-support';

const retired = disk({ flag: true, retired: true });
const text = (m: Message | undefined): string =>
  m === undefined
    ? ''
    : (en[m.key] ?? '?').replace(/\{(\w+)\}/g, (whole, name: string) => {
        const p = m.params?.[name];
        return p === undefined ? whole : typeof p === 'object' ? String(p.value) : String(p);
      });

interface Sketch {
  readonly primary?: MemberObservation;
  readonly secondary?: MemberObservation;
  readonly follow?: JocFollow | null;
  readonly joc?: JocObservation;
  readonly o?: Partial<ClusterObservation>;
}
/** The Primary works, the Secondary is a retired, fenced spare; registered by update. */
function world({
  primary = works('primary'),
  secondary = stopped('secondary', retired),
  follow = UPDATE,
  joc = jocSays(),
  o = {},
}: Sketch = {}): ClusterObservation {
  const base = observation(primary, secondary, { joc, ...o });
  return { ...base, cluster: { ...base.cluster, ...(follow && { joc: clusterJoc(follow) }) } };
}
const see = (s: Sketch = {}): ClusterView => fold(world(s), NOW);
const at = (url: string, o = {}): JocObservation => jocSays(jocSees([jocNode({ url, ...o })]));
const onSecondary = jocSays(
  jocSees([deadNode({ url: 'http://js7-secondary:4444', startedAt: NOW - 9_000_000_000 })], { proxyAt: NOW - 9_000_000_000 }),
);

test('no JOC Cockpit is connected: nothing is told of it', () => {
  const { joc: _, ...without } = world();
  expect(fold(without, NOW).joc).toBeUndefined();
  expect(fold(without, NOW).verdict.why.key).toBe('why.agree');
});

describe('all is well', () => {
  const view = see();
  it('says so in the verdict, with the oldest reading of all three', () => {
    expect(view.verdict.tone).toBe('ok');
    expect(view.verdict.why).toEqual({ key: 'why.agree.joc', params: { oldest: { as: 'ago', value: NOW - 1_000 } } });
  });
  it('shows boxes, database, licence', () => {
    expect(view.joc).toMatchObject({
      registered: 'yes',
      component: 'operational',
      title: 'JOC COCKPIT',
      licence: { type: 'OPENSOURCE' },
      database: { dbms: 'H2', connection: 'established' },
    });
    expect(view.joc?.boxes).toHaveLength(1);
    expect(view.joc?.toFollow).toBeUndefined();
  });
  it('says on each card how it is registered', () => {
    const [a, b] = view.joc?.says ?? [];
    expect(a).toMatchObject({ registered: 'this', connection: 'established', component: 'operational', proxy: 'follows', differs: [] });
    expect(text(a?.as)).toBe('Autonomous, “BILLING CONTROLLER”');
    expect(b).toMatchObject({ registered: 'not', connection: 'not-expected', proxy: 'not-expected', differs: [] });
    expect(view.joc?.links.map((l) => l.connection)).toEqual(['established', 'not-registered']);
  });
  it('finds no drift', () => expect(view.joc?.drift.filter((d) => d.verdict !== 'same')).toEqual([]));
});

test.each<[string, Sketch, { lead?: string; alarm: boolean; note?: string; proxy?: string; differs?: string }]>([
  [
    'the URL leads to the retired one',
    { joc: onSecondary },
    {
      alarm: true,
      note: 'joc still points to the Secondary; the Primary works.',
      proxy: 'behind',
      differs: 'The Primary works, and the registered URL leads to the other one.',
    },
  ],
  [
    'its proxy stayed behind (there and back)',
    { joc: jocSays(jocSees([jocNode()], { proxyAt: NOW - 9_000_000_000 })) },
    { alarm: true, note: 'joc has the right URL, but its proxy does not follow the Primary.', proxy: 'behind' },
  ],
  [
    'JOC does not tell its last event',
    {
      joc: (() => {
        const { proxyAt: _, ...sees } = jocSees();
        return jocSays(sees);
      })(),
    },
    { alarm: false, proxy: 'unknown' },
  ],
  ['nobody knows where the URL leads', { joc: at('http://proxy.example.net:1', { startedAt: 1 }) }, { alarm: false, proxy: 'follows' }],
  [
    'the URL is nobody’s, but JOC finds the Primary there',
    { joc: at('http://proxy.example.net:1') },
    { alarm: false, lead: 'this', proxy: 'follows' },
  ],
  [
    'JOC does not know the Controller ID any more',
    { joc: jocSays('not-registered') },
    { alarm: false, differs: 'JOC Cockpit does not know the Controller ID demo any more.' },
  ],
  [
    'the name is carried by nobody',
    {
      follow: BY_NAME,
      joc: jocSays(jocSees([deadNode({ url: BY_NAME.kind === 'name' ? BY_NAME.url : '' })], { proxyAt: NOW - 9_000_000_000 })),
    },
    { alarm: true, note: 'The name that joc has registered leads to nobody; the Primary works.' },
  ],
  [
    'by name, on the live one',
    {
      primary: works('primary', says(), { networks: [{ network: 'js7', aliases: ['controller'] }] }),
      follow: BY_NAME,
      joc: at('http://controller:4444'),
    },
    { alarm: false, lead: 'by-name', proxy: 'follows' },
  ],
  [
    'another security level',
    { joc: at('http://js7-primary:4444', { securityLevel: 'HIGH' }) },
    { alarm: false, differs: 'Registered with security level HIGH; JOC Cockpit has LOW.' },
  ],
  [
    'a third one may work: the last event may be its own',
    { o: { strangers: [stranger({ running: true, journalId: JOURNAL })] } },
    { alarm: false, proxy: 'unknown' },
  ],
])('%s', (_what, sketch, want) => {
  const v = see(sketch);
  const mine = v.joc?.says[0];
  expect(v.guard.alarms.some((a) => a.code === 'joc-elsewhere')).toBe(want.alarm);
  expect(text(v.joc?.toFollow?.note)).toBe(want.note ?? '');
  if (want.alarm) expect(v.verdict).toMatchObject({ tone: 'warn', title: { key: 'alarm.joc-elsewhere' } });
  if (want.alarm) expect(v.next?.title.key).toBe('next.joc-follow');
  if (want.lead) expect(mine?.registered).toBe(want.lead);
  if (want.proxy) expect(mine?.proxy).toBe(want.proxy);
  if (want.differs) expect(mine?.differs.map(text)).toContain(want.differs);
  if (want.alarm || want.differs) expect(v.verdict.why.key).not.toBe('why.agree.joc');
});

test('on the card of the one that must not work: the URL leads there', () => {
  expect(see({ joc: onSecondary }).joc?.says[1]).toMatchObject({ registered: 'this', differs: [{ key: 'joc.differs.must-not' }] });
});
test('a run that works tells JOC itself: no alarm meanwhile, but again when it waits for a person', () => {
  const run = { runId: '7', from: 'secondary', mode: 'forward', phase: 'working', step: 'tell-joc', number: 12, of: 14 } as const;
  expect(see({ joc: onSecondary, o: { run } }).guard.alarms).toEqual([]);
  expect(see({ joc: onSecondary, o: { run: { ...run, phase: 'asking' } } }).guard.alarms.map((a) => a.code)).toEqual(['joc-elsewhere']);
});
test('a proxy needs a while after a start: no alarm of it in the first seconds', () => {
  const young = works('primary', says({ overview: { controllerId: 'demo', version: '2.9.0', startedAt: NOW - 4_000 } }), {
    startedAt: NOW - 4_000,
  });
  expect(see({ primary: young }).joc?.says[0]?.proxy).toBe('unknown');
});
test('JOC is silent: its last word still asks for the click, and agrees with nothing', () => {
  const silentJoc: JocObservation = {
    ...onSecondary,
    facts: unasked,
    sees: failing(problem('JOC_UNREACHABLE', 'Connection refused.'), {
      last: onSecondary.sees.kind === 'value' ? onSecondary.sees.value : 'not-registered',
    }),
  };
  const v = see({ joc: silentJoc });
  expect(v.joc).toMatchObject({
    registered: 'unknown',
    freshness: { state: 'lost' },
    component: 'unknown',
    toFollow: { note: { key: 'joc.to-follow.silent' } },
  });
  expect(v.guard.alarms).toEqual([]);
  expect(v.verdict.why.key).toBe('why.agree.joc-silent');
  expect(text(v.joc?.error)).toContain('Connection refused.');
});
test('a cluster is registered by role, and nothing is to follow', () => {
  const pair = [
    jocNode({ role: 'PRIMARY', node: { severity: 0, text: 'active' }, url: 'http://js7-primary:4444' }),
    jocNode({ role: 'BACKUP', title: 'SECOND', node: { severity: 1, text: 'inactive' }, url: 'http://js7-secondary:4444' }),
  ];
  const v = see({
    primary: works('primary', says({ node: nodeState('Coupled', 'Primary') })),
    secondary: works('secondary', says({ node: nodeState('Coupled', 'Backup') })),
    joc: jocSays(jocSees(pair), { facts: seen(jocFacts({ licence: { type: 'COMMERCIAL_VALID' } })) }),
    follow: { kind: 'cluster', urls: { primary: 'http://js7-primary:4444', secondary: 'http://js7-secondary:4444' } },
  });
  expect(v.joc?.says.map((s) => text(s.as))).toEqual(['Primary, “BILLING CONTROLLER”', 'Secondary, “SECOND”']);
  expect(v.joc?.says[0]?.proxy).toBe('follows');
  expect(v.joc?.toFollow).toBeUndefined();
  expect(v.joc?.drift.find((d) => d.id === 'licence')?.verdict).toBe('same');
});

test('the timeline tells what changed of JOC, and that it follows again', () => {
  const lines = (before: Sketch, after: Sketch): string[] => changes(see(before), see(after), NOW).map((c) => text(c.message));
  const down: JocObservation = { ...jocSays(), sees: failing(problem('JOC_UNREACHABLE', 'x')) };
  expect(lines({}, { joc: down })).toEqual(['joc does not answer']);
  expect(lines({ joc: down }, {})).toEqual(['joc answers again']);
  expect(lines({}, { joc: jocSays('not-registered') })).toEqual(['joc does not know this Controller any more']);
  expect(lines({ joc: onSecondary }, {})).toEqual([
    'URL registered in joc: http://js7-primary:4444, before: http://js7-secondary:4444',
    'joc follows the Primary',
    'JOC Cockpit follows the live Controller again',
  ]);
});

// ---- rules in every combination ------------------------------------------------------------------------------------------------------------
const members = (slot: 'primary' | 'secondary') =>
  fc.constantFrom(
    works(slot),
    silent(slot),
    stopped(slot, retired),
    stopped(slot, disk({ journal: journal() })),
    stopped(slot, 'unread'),
    works(slot, says({ journalId: 'x' })),
  );
const nodes = fc.array(
  fc.record({
    role: fc.constantFrom('STANDALONE' as const, 'PRIMARY' as const, 'BACKUP' as const, 'unknown' as const),
    url: fc.constantFrom('http://js7-primary:4444', 'http://js7-secondary:4444', 'http://controller:4444', 'http://x:1', 'nonsense'),
    connection: fc.constantFrom({ severity: 0, text: 'established' }, { severity: 2, text: 'unreachable' }, { severity: 9, text: 'new' }),
    startedAt: fc.constantFrom(undefined, NOW - 300 * 60_000, 1),
  }),
  { maxLength: 2 },
);
const jocs = fc
  .record({
    nodes,
    proxyAt: fc.constantFrom(undefined, NOW - 60_000, 1),
    how: fc.constantFrom('value' as const, 'old' as const, 'failed' as const, 'never' as const, 'not-registered' as const),
    facts: fc.boolean(),
  })
  .map(({ nodes: list, proxyAt, how, facts }): JocObservation => {
    const all = list.map(({ startedAt, ...n }) => jocNode({ ...n, ...(startedAt !== undefined && { startedAt }) }));
    const { proxyAt: _, ...rest } = jocSees(all);
    const sees = { ...rest, ...(proxyAt !== undefined && { proxyAt }) };
    const readings = {
      value: seen(sees),
      old: seen(sees, 90_000),
      failed: failing(problem('JOC_TIMEOUT', 'x'), { last: sees }),
      never: unasked,
      'not-registered': seen('not-registered' as const),
    };
    return { ...jocSays(), sees: readings[how], facts: facts ? seen(jocFacts()) : unasked };
  });
const follows = fc.constantFrom<JocFollow | null>(
  null,
  UPDATE,
  BY_NAME,
  { kind: 'front', url: 'http://x:1' },
  { kind: 'cluster', urls: { primary: 'http://js7-primary:4444', secondary: 'http://js7-secondary:4444' } },
);
const worlds = fc.record({ primary: members('primary'), secondary: members('secondary'), joc: jocs, follow: follows }).map((s) => world(s));

test('total; every message has its text; unknown never counts as "follows"; same input, same view', () => {
  let following = 0;
  fc.assert(
    fc.property(worlds, (o) => {
      const v = fold(o, NOW);
      assertMessages(v.joc);
      if (!v.joc) throw new Error('no JOC');
      const held = o.joc?.sees.kind === 'value' && NOW - o.joc.sees.at <= 60_000 && o.joc.sees.value !== 'not-registered';
      const active = [v.primary, v.secondary].filter((m) => m?.role === 'active');
      for (const s of v.joc.says.filter((x) => x.proxy === 'follows')) {
        following += 1;
        expect(held && active.length === 1 && active[0]?.slot === s.slot).toBe(true);
        expect([v.primary, v.secondary].every((m) => m?.slot === s.slot || m?.alive === 'no')).toBe(true);
      }
      if (!held)
        expect(
          v.joc.says.every(
            (s) => s.proxy !== 'follows' && s.registered !== 'this' && s.registered !== 'by-name' && s.component === 'unknown',
          ),
        ).toBe(true);
      if (v.joc.toFollow) expect(active.map((m) => m?.slot)).toEqual([v.joc.toFollow.slot]);
      if (v.verdict.why.key === 'why.agree.joc') expect(v.joc.says.some((s) => s.proxy === 'follows')).toBe(true);
      expect(JSON.stringify(fold(structuredClone(o), NOW))).toBe(JSON.stringify(v));
    }),
    { numRuns: 5_000 },
  );
  expect(following).toBeGreaterThan(20);
});

test('JOC changes nothing of who works: roles, status and what may be started are as without it', () => {
  fc.assert(
    fc.property(worlds, (o) => {
      const { joc: _, ...without } = o;
      const [a, b] = [fold(o, NOW), fold(without, NOW)];
      expect([a.primary, a.secondary, a.status, a.kind]).toEqual([b.primary, b.secondary, b.status, b.kind]);
      expect(a.guard.alarms.filter((x) => x.code !== 'joc-elsewhere')).toEqual(b.guard.alarms);
    }),
    { numRuns: 2_000 },
  );
});
test('the samples are about the cluster of the samples', () => expect(cluster().controllerId).toBe('demo'));
