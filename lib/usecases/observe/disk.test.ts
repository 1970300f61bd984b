import { beforeEach, describe, expect, it } from 'vitest';
import { problem } from '../../domain/errors';
import type { Instance } from '../../domain/instance/instance';
import { ok } from '../../domain/result';
import type { ReadConfig } from '../../ports/config';
import { readDisk, readLineage } from './disk';
import { FakeEngine, properJournal } from './fake-engine.test-support';

const readConfig: ReadConfig = async ({ controllerConf }) => ok({ isBackup: controllerConf.includes('yes'), publicAccess: false });
let fake: FakeEngine;
let instance: Instance;
beforeEach(() => {
  fake = new FakeEngine('docker-a');
  instance = fake.put('p', { state: 'exited', exitCode: 0, startedAt: 10_000 });
  fake.file('p', '/js7/config/controller.conf', 'js7.journal.cluster.node.is-backup = yes');
});
const putJournal = (journalId?: string) => {
  for (const [name, text] of Object.entries(properJournal(journalId))) fake.file('p', `/js7/state/${name}`, text);
};
async function facts() {
  const r = await readDisk(fake.engine(), instance, readConfig);
  if (!r.ok) throw new Error(r.error.message);
  return r.value;
}

it('reads journal, configuration and space', async () => {
  putJournal();
  fake.file('p', '/js7/state/lock', '1');
  fake.file('p', '/js7/state/controller--2000.journal.tmp', 'half');
  expect(await facts()).toEqual({
    state: {
      kind: 'journal',
      path: '/js7/state',
      journal: expect.objectContaining({
        journalId: 'ID-A',
        ending: 'proper',
        lastEventId: 1001,
        controllerId: 'demo',
        files: [expect.objectContaining({ fileEventId: 0 }), expect.objectContaining({ fileEventId: 1000 })],
      }),
    },
    config: { path: '/js7/config/controller.conf', isBackup: true, publicAccess: false },
    retired: [],
    freeBytes: 5e9,
    totalBytes: 10e9,
  });
  expect(await readLineage(fake.engine(), instance)).toBe('ID-A');
});

it('never reads a big journal whole', async () => {
  const { 'controller--1000.journal': newest = '' } = properJournal();
  fake.file(
    'p',
    '/js7/state/controller--1000.journal',
    Buffer.from(`${newest}${`{"eventId":2000,"TYPE":"OrderAdded","Key":"${'x'.repeat(1000)}"}\n`.repeat(20_000)}`),
  );
  expect((await facts()).state).toMatchObject({ kind: 'journal', journal: { ending: 'open', lastEventId: 2000 } });
  expect(fake.bytesRead).toBeLessThan(200_000);
});

it('tells empty from absent', async () => {
  expect((await facts()).state).toEqual({ kind: 'absent' });
  fake.file('p', '/js7/state/lock', '1');
  expect((await facts()).state).toEqual({ kind: 'empty', path: '/js7/state' });
});

it('half a journal file is unreadable, not empty', async () => {
  fake.file('p', '/js7/state/controller--0.journal', '{"TYPE":"JS7.Journal","typeNa');
  expect((await facts()).state).toMatchObject({ kind: 'unreadable', error: { code: 'JOURNAL_BROKEN' } });
});

it('finds retired journals beside the state directory, with their markers', async () => {
  fake.file('p', '/js7/state/lock', '1');
  fake.file('p', '/js7/state.retired-r1/controller--0.journal', 'x');
  fake.file('p', '/js7/state.retired-r1.json', JSON.stringify({ runId: 'r1', journalId: 'ID-A', why: 'patching', by: 'm.keller', at: 5 }));
  fake.file('p', '/js7/state.retired-r2/controller--0.journal', 'x');
  fake.file('p', '/js7/state.retired-r2.json', '{"half');
  expect((await facts()).retired).toEqual([
    { path: '/js7/state.retired-r1', runId: 'r1', journalId: 'ID-A', why: 'patching', by: 'm.keller', at: 5 },
    { path: '/js7/state.retired-r2' },
  ]);
});

describe('refusal', () => {
  const log = (text: string, at = 20_000) => ({ at, stream: 'err' as const, text });
  it('comes from the log of the last start', async () => {
    fake.logLines.set('p', [
      log('ERROR js7 - No license for js7.controller.cluster', 5_000),
      log('ERROR - PrimaryClusterNodeMayNotBecomeBackup: …'),
    ]);
    expect((await facts()).refusal?.kind).toBe('backup-flag');
  });
  it('is not looked for after a kill from outside', async () => {
    instance = fake.put('p', { exitCode: 143 });
    await facts();
    expect(fake.count('logs')).toBe(0);
  });
});

it('fails as a whole where the engine gives no answer', async () => {
  fake.down = problem('ENGINE_UNREACHABLE', 'gone');
  expect(await readDisk(fake.engine(), instance, readConfig)).toMatchObject({ ok: false, error: { code: 'ENGINE_UNREACHABLE' } });
});
