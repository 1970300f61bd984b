import { expect, test } from 'vitest';
import type { Cluster } from '../../domain/cluster/cluster';
import type { ClusterView, InstanceView } from '../../domain/cluster/view';
import { problem } from '../../domain/errors';
import type { JocFacts } from '../../domain/joc/joc';
import { jocFacts } from '../../domain/joc/samples.test-support';
import type { Reading } from '../../domain/reading';
import { draftOf, refusesTwo } from './draft';
import type { Scene } from './stand';

const place = { accessUrl: 'http://a:4444', host: { own: [], local: true } };
const scene: Scene = { stand: { here: false, overlay: () => undefined }, primary: place, secondary: place };
const cluster: Cluster = {
  id: 'c',
  name: 'C',
  controllerId: 'billing',
  primary: { ref: { engineId: 'e', name: 'a' }, access: { url: 'http://a' } },
  secondary: { ref: { engineId: 'e', name: 'b' }, access: { url: 'http://b' } },
  createdAt: 0,
};
const side = (slot: 'primary' | 'secondary', alive: InstanceView['alive'], nodeState: InstanceView['nodeState'] = 'unknown') =>
  ({ slot, alive, nodeState }) as InstanceView;
const view = (kind: ClusterView['kind'], primary: InstanceView, secondary: InstanceView): ClusterView =>
  ({ kind, primary, secondary }) as ClusterView;
const pair = view('standalone-pair', side('primary', 'yes'), side('secondary', 'no'));
const licensed = view('licensed', side('primary', 'yes', 'standby'), side('secondary', 'yes', 'active'));
const said = (f: Partial<JocFacts> = {}): Reading<JocFacts> => ({ kind: 'value', value: jocFacts(f), at: 1 });
const of = (o: { view?: ClusterView; facts?: Reading<JocFacts>; cluster?: Cluster } = {}) =>
  draftOf({ cluster: o.cluster ?? cluster, view: 'view' in o ? o.view : pair, facts: o.facts ?? said(), scene, instances: [] });

const valid = { type: 'COMMERCIAL_VALID' } as const;
const open = { type: 'OPENSOURCE' } as const;
test.each<[string, Parameters<typeof of>[0], boolean, string]>([
  [
    'JOC without a licence, of a version that is known to refuse',
    { facts: said({ licence: open, version: '2.9.1' }) },
    false,
    'reg.cluster.no-licence',
  ],
  [
    'the same, a licensed pair',
    { view: licensed, facts: said({ licence: open, version: '2.9.0-SNAPSHOT' }) },
    false,
    'reg.cluster.no-licence',
  ],
  [
    'an older JOC may take it, where the pair is a cluster already',
    { view: licensed, facts: said({ licence: open, version: '2.4.1' }) },
    true,
    'reg.cluster.older',
  ],
  ['an older JOC, nothing known of the Controllers', { facts: said({ licence: open, version: '2.4.1' }) }, false, 'reg.cluster.older'],
  ['a licence that ended', { view: licensed, facts: said({ licence: { type: 'COMMERCIAL_INVALID' } }) }, false, 'reg.cluster.invalid'],
  ['both licensed', { view: licensed, facts: said({ licence: valid }) }, true, 'reg.cluster.possible'],
  ['JOC licensed, the Controllers not known: with a person’s word', { facts: said({ licence: valid }) }, true, 'reg.cluster.word'],
  ['JOC does not tell', { facts: said({ licence: { type: 'unknown' } }) }, false, 'reg.cluster.unknown'],
  [
    'JOC does not answer',
    { facts: { kind: 'failed', error: problem('JOC_UNREACHABLE', 'x'), since: 1, at: 1 } },
    false,
    'reg.cluster.unknown',
  ],
])('as a cluster: %s', (_what, o, possible, key) => {
  expect(of(o).cluster).toMatchObject({ possible, note: { key } });
});
test('there is no Secondary', () => {
  const { secondary: _, ...single } = cluster;
  expect(of({ cluster: single, facts: said({ licence: valid }) }).cluster).toMatchObject({
    possible: false,
    note: { key: 'reg.cluster.single' },
  });
});
test.each<[string, ClusterView | undefined, string | undefined, boolean, string]>([
  ['the one that lives', pair, 'primary', true, 'reg.autonomous.live'],
  ['nobody', view('standalone-pair', side('primary', 'no'), side('secondary', 'unknown')), undefined, false, 'reg.autonomous.nobody'],
  ['both', view('standalone-pair', side('primary', 'yes'), side('secondary', 'yes')), undefined, false, 'reg.autonomous.both'],
  ['a licensed pair: its active one, and both are registered', licensed, 'secondary', false, 'reg.autonomous.licensed'],
  ['nothing seen yet', undefined, undefined, false, 'reg.autonomous.nobody'],
])('autonomous: %s', (_what, v, live, possible, key) => {
  const d = draftOf({ cluster, view: v, facts: said(), scene, instances: [] });
  expect([d.live, d.autonomous.possible, d.autonomous.note.key]).toEqual([live, possible, key]);
});
test('what to know before: only what is so, and what registering does beside', () => {
  const keys = (f: Partial<JocFacts>) => of({ facts: said(f) }).notes.map((n) => n.key);
  expect(keys({ active: false, mayManage: 'no' })).toEqual([
    'reg.note.standby',
    'reg.note.may-not',
    'reg.note.container',
    'reg.note.writes',
    'reg.note.double',
  ]);
  expect(keys({ mayManage: 'approval' })[0]).toBe('reg.note.approval');
});
test('JOC without a licence refuses two from 2.9 on', () => {
  expect(['2.9.0', '2.10.0', '3.0.0', '2.8.9', '2.2'].map((version) => refusesTwo({ licence: open, version }))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(refusesTwo({ licence: valid, version: '2.9.0' })).toBe(false);
});
