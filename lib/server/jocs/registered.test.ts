import { describe, expect, test, vi } from 'vitest';
import { JOC_ACCOUNTS } from '../../../e2e/emulators/joc/test-joc';
import { RegisterInput } from '../../contract/joc';
import type { Cluster } from '../../domain/cluster/cluster';
import { a, b, eachTest, fault, localhost, move, processes, register, runtime, signal, start } from '../testing/registration-world';
import { followCluster, unregisterCluster } from './registration';

/** What comes after the registration, and a licensed pair. */
eachTest();

describe('following and unregistering', () => {
  test('after a move by hand one click makes JOC follow; when nobody or both work it is refused', async () => {
    await start();
    await register();
    await a.stop();
    expect(await followCluster(runtime, 'billing', {}, signal)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('works now') },
    });
    b.takeJournalOf(a);
    await b.start().ready();
    expect(await followCluster(runtime, 'billing', { audit: { comment: 'moved' } }, signal)).toMatchObject({
      ok: true,
      value: { outcome: 'proved', message: { params: { url: { value: b.url } } } },
    });
    await a.start().ready();
    expect(await followCluster(runtime, 'billing', {}, signal)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', message: expect.stringContaining('Both') },
    });
  }, 60_000);
  test('the ID has to be typed; a lost answer is observed; what is gone is done', async () => {
    await start();
    expect(await unregisterCluster(runtime, 'billing', { confirm: 'billing', audit: {} }, signal)).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT' },
    });
    await register();
    expect(await unregisterCluster(runtime, 'billing', { confirm: 'Billing', audit: {} }, signal)).toMatchObject({
      ok: false,
      error: { code: 'BAD_REQUEST', fields: { confirm: 'Type billing' } },
    });
    fault({ 'controller/unregister': { lost: true, times: 1 } });
    expect(await unregisterCluster(runtime, 'billing', { confirm: 'billing', audit: { comment: 'gone' } }, signal)).toEqual({
      ok: true,
      value: undefined,
    });
    expect(runtime.store.clusters.get('billing')?.joc).toBeUndefined();
    await register();
    await runtime.jocs.client('joc')?.unregister('billing', {});
    expect(await unregisterCluster(runtime, 'billing', { confirm: 'billing', audit: {} }, signal)).toEqual({ ok: true, value: undefined });
  }, 60_000);
  test('after there and back once more, through the routes’ functions', async () => {
    await start();
    await register();
    await move(a, b);
    expect(await followCluster(runtime, 'billing', {}, signal)).toMatchObject({ ok: true });
    await move(b, a);
    expect(await followCluster(runtime, 'billing', {}, signal)).toMatchObject({
      ok: true,
      value: { message: { params: { url: { value: localhost(a.url) } } } },
    });
    // What helped is remembered with the cluster.
    expect(runtime.store.clusters.get('billing')?.joc?.follow).toMatchObject({ urls: { primary: [localhost(a.url), a.url] } });
  }, 60_000);
});

test('a licensed pair: only with a person’s word, then both are registered and couple', async () => {
  const pair = {
    conf: 'js7.web.server.auth.public = true\n',
    privateConf: `${JOC_ACCOUNTS}js7.auth.users.Controller.password = "plain:cluster"\njs7.auth.cluster.password = "cluster"\n`,
    env: { LICENSED: '1' },
  };
  await start({ LICENSED: '1' });
  const one = await processes.controller(pair).then((p) => p.start());
  const two = await processes
    .controller({ ...pair, conf: `${pair.conf}js7.journal.cluster.node.is-backup = yes\n` })
    .then((p) => p.start());
  await Promise.all([one.ready(), two.answers()]);
  const was = runtime.store.clusters.get('billing') as Cluster;
  runtime.store.clusters.save({
    ...was,
    controllerId: 'Controller',
    primary: { ...was.primary, access: { url: one.url } },
    secondary: { ref: { engineId: 'e', name: 'b' }, access: { url: two.url } },
  });
  const both = (over: object = {}) =>
    RegisterInput.parse({ type: 'cluster', jocId: 'joc', primary: { url: one.url }, secondary: { url: two.url }, audit: {}, ...over });
  expect(await register(both())).toMatchObject({ ok: false, error: { code: 'CONFLICT', message: expect.stringContaining('licence') } });
  expect(await register(both({ controllersLicensed: true, secondary: { url: one.url } }))).toMatchObject({
    ok: false,
    error: { code: 'BAD_REQUEST' },
  });
  expect(await register(both({ controllersLicensed: true }))).toMatchObject({ ok: true });
  await vi.waitFor(
    async () => {
      const seen = await runtime.jocs.client('joc')?.see('Controller');
      expect(seen?.ok && seen.value !== 'not-registered' && seen.value.clusterStatus?.text).toBe('ClusterCoupled');
    },
    { timeout: 30_000, interval: 200 },
  );
}, 90_000);
