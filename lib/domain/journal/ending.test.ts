import { describe, expect, it } from 'vitest';
import { type FilePieces, fileEventIdOf, journalIdOfHead, judgeJournal } from './ending';

const header = (eventId: number, generation = 2, journalId = 'ID-A') =>
  JSON.stringify({
    TYPE: 'JS7.Journal',
    typeName: 'ControllerState',
    journalId,
    eventId,
    generation,
    totalEventCount: 1,
    timestamp: '2026-11-23T23:27:16.152Z',
    initiallyStartedAt: '2026-11-23T23:27:16.078Z',
    version: '1',
  });
const META = '{"TYPE":"ControllerMetaState","controllerId":"Controller","initiallyStartedAt":1795476436078,"timezone":"Etc/UTC"}';
const snapshot = (...objects: string[]) => [
  '"-------SNAPSHOT-------"',
  ...objects,
  '"-------END OF SNAPSHOT-------"',
  '"-------EVENTS-------"',
];
const event = (eventId: number, TYPE: string, more: object = {}) => JSON.stringify({ eventId, TYPE, ...more });
const text = (...lines: string[]) => `${lines.join('\n')}\n`;

function pieces(id: number, content: string, size = 1 << 16): FilePieces {
  const whole = content.length <= size;
  return {
    name: `controller--${id}.journal`,
    bytes: content.length,
    head: content.slice(0, size),
    tail: whole ? content : content.slice(-size),
    whole,
  };
}
const stopped = pieces(1000, text(header(1000), ...snapshot(META), event(1001, 'SnapshotTaken')));
const shutDown = pieces(
  0,
  text(
    header(0, 1),
    ...snapshot(),
    event(1, 'SnapshotTaken'),
    event(2, 'ControllerInitialized', { controllerId: 'Controller' }),
    event(1000, 'ControllerShutDown'),
  ),
);
const judged = (newest: FilePieces, before?: FilePieces) => {
  const r = judgeJournal({ newest, ...(before && { before }) });
  if (!r.ok) throw new Error(r.error.message);
  return r.value;
};

describe('how a journal ends', () => {
  it('proper: a file with SnapshotTaken alone, the one before ends with ControllerShutDown', () => {
    expect(judged(stopped, shutDown)).toEqual({
      journalId: 'ID-A',
      initiallyStartedAt: Date.parse('2026-11-23T23:27:16.078Z'),
      generation: 2,
      lastEventId: 1001,
      ending: 'proper',
      controllerId: 'Controller',
      clusterState: { type: 'Empty', name: 'Empty' },
    });
  });
  it('proper: suppressSnapshot', () => expect(judged(shutDown).ending).toBe('proper'));
  it('failed start: looks proper, but the one before does not end so', () => {
    const before = pieces(999, text(header(999), ...snapshot(META), event(1000, 'SnapshotTaken')));
    expect(judged(stopped, before).ending).toBe('failed-start');
    expect(judged(stopped).ending).toBe('failed-start');
  });
  it('a file of another lineage before it proves nothing', () => {
    const other = pieces(0, shutDown.head.replace('ID-A', 'ID-B'));
    expect(judged(stopped, other).ending).toBe('failed-start');
  });
  it('open: a kill', () => {
    const killed = pieces(1000, `${stopped.head}${event(1002, 'ControllerReady')}\n${event(1009, 'OrderAdded', { Key: 'é' })}\n`);
    expect(judged(killed, shutDown)).toMatchObject({ ending: 'open', lastEventId: 1009 });
  });
  it('torn: a cut last line, which does not count', () => {
    const cut = pieces(1000, `${stopped.head}${event(1002, 'ControllerReady')}\n{"eventId":1003,"TY`);
    expect(judged(cut, shutDown)).toMatchObject({ ending: 'torn', lastEventId: 1002 });
  });
  it('open: a transaction without COMMIT is dropped', () => {
    const lines = [event(1002, 'ControllerReady'), '"TRANSACTION"', event(1003, 'OrderAdded'), event(1004, 'OrderAdded')];
    expect(judged(pieces(1000, stopped.head + text(...lines)))).toMatchObject({ ending: 'open', lastEventId: 1002 });
    expect(judged(pieces(1000, stopped.head + text(...lines, '"COMMIT"')))).toMatchObject({ ending: 'open', lastEventId: 1004 });
  });
  it('from head and tail alone where the file is big', () => {
    const many = Array.from({ length: 5000 }, (_, i) => event(1002 + i, 'OrderAdded', { Key: `order-${i}` }));
    const big = pieces(1000, stopped.head + text(...many), 4096);
    expect(big.whole).toBe(false);
    expect(judged(big, shutDown)).toMatchObject({ ending: 'open', lastEventId: 6001, clusterState: { type: 'Empty' } });
    const end = pieces(1000, stopped.head + text(...many, event(9000, 'ControllerShutDown')), 4096);
    expect(judged(end)).toMatchObject({ ending: 'proper', lastEventId: 9000 });
  });
  it('proper with a snapshot far bigger than the pieces', () => {
    const orders = Array.from({ length: 5000 }, (_, i) => JSON.stringify({ TYPE: 'Order', id: `order-${i}` }));
    const big = pieces(1000, text(header(1000), ...snapshot(META, ...orders), event(1001, 'SnapshotTaken')), 4096);
    expect(judged(big, shutDown)).toMatchObject({ ending: 'proper', lastEventId: 1001, controllerId: 'Controller' });
  });
});

it('cut anywhere, it is never called proper', () => {
  const whole = stopped.head;
  for (let end = 0; end < whole.length; end++) {
    const r = judgeJournal({ newest: pieces(1000, whole.slice(0, end)), before: shutDown });
    expect(r.ok ? r.value.ending : 'broken', `cut at ${end}`).not.toBe('proper');
  }
});

describe('a journal from which no Controller can start', () => {
  const h = header(1000);
  it.each([
    ['an empty file', ''],
    ['half a header', h.slice(0, 50)],
    ['a header without its line feed', h],
    ['only the header', text(h)],
    ['cut within the snapshot', text(h, '"-------SNAPSHOT-------"', META)],
    ['no SnapshotTaken', text(h, ...snapshot(META))],
    ['a header that does not fit the name', text(header(7), ...snapshot(META), event(1001, 'SnapshotTaken'))],
    ['an Agent’s journal', text(h.replace('ControllerState', 'AgentState'), ...snapshot(META), event(1001, 'SnapshotTaken'))],
    ['a broken line in the middle', text(h, ...snapshot(META), event(1001, 'SnapshotTaken'), '{"eventId":10', event(1003, 'X'))],
  ])('%s', (_name, content) =>
    expect(judgeJournal({ newest: pieces(1000, content) })).toMatchObject({ ok: false, error: { code: 'JOURNAL_BROKEN' } }),
  );
});

describe('cluster state', () => {
  const setting = { idToUri: { Primary: 'http://p', Backup: 'http://b' }, activeId: 'Primary', timing: {} };
  const state = (TYPE: string) => JSON.stringify({ TYPE: 'ClusterStateSnapshot', clusterState: { TYPE, setting } });
  const file = (snap: string, ...events: string[]) =>
    pieces(1000, text(header(1000), ...snapshot(snap, META), event(1001, 'SnapshotTaken'), ...events));
  it('comes from the snapshot', () =>
    expect(judged(file(state('Coupled'))).clusterState).toEqual({
      type: 'Coupled',
      name: 'Coupled',
      activeId: 'Primary',
      idToUri: setting.idToUri,
    }));
  it('follows the events', () => {
    const events = [
      event(1002, 'ClusterWatchRegistered', { clusterWatchId: 'W' }),
      event(1003, 'ClusterSwitchedOver', { activatedId: 'Backup' }),
    ];
    expect(judged(file(state('Coupled'), ...events)).clusterState).toMatchObject({
      type: 'SwitchedOver',
      activeId: 'Backup',
      clusterWatchId: 'W',
    });
    expect(judged(pieces(1000, stopped.head + text(event(1002, 'ClusterNodesAppointed', { setting })))).clusterState).toMatchObject({
      type: 'NodesAppointed',
      activeId: 'Primary',
    });
  });
  it('keeps an unknown one by its name', () =>
    expect(judged(file(state('Entangled'))).clusterState).toMatchObject({ type: 'unknown', name: 'Entangled' }));
  it('of a licensed pair is unknown where events were not read', () => {
    const many = Array.from({ length: 5000 }, (_, i) => event(1002 + i, 'OrderAdded', { Key: `order-${i}` }));
    const c = text(header(1000), ...snapshot(state('Coupled'), META), event(1001, 'SnapshotTaken'), ...many);
    expect(judged(pieces(1000, c, 4096)).clusterState).toMatchObject({ type: 'unknown', name: 'Coupled' });
  });
});

it('knows journal files by their names', () => {
  expect(fileEventIdOf('controller--1795477322899000.journal')).toBe(1795477322899000);
  for (const name of [
    'controller--5.journal.tmp',
    'controller-journal',
    'lock',
    'controller--5.journal~TRUNCATED-AFTER-FAILOVER',
    'old-controller--5.journal',
  ])
    expect(fileEventIdOf(name)).toBeUndefined();
  expect(journalIdOfHead(stopped.head)).toBe('ID-A');
  expect(journalIdOfHead('<html>\n')).toBeUndefined();
});
