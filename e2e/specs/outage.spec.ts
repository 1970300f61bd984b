/** Handover itself is gone, or its stream is: what the page says then, and that nothing saved is lost. On a server of its own. */
import { expect, testOnOwnServer } from '../fixtures';
import { expectAccessible } from '../pages/accessible';
import { ClusterPage, WELL } from '../pages/cluster';
import { open } from '../pages/open';
import { must } from '../world/api';

const test = testOnOwnServer();
test.beforeEach(async ({ undone: _ }) => {});

test('killed with SIGKILL, the page says since when it knows nothing; started again, it is live, and nothing saved is lost', async ({
  admin: page,
  server,
  cookie,
  expectedErrors,
}) => {
  test.setTimeout(120_000);
  expectedErrors.push(/net::ERR_/);
  const cluster = await new ClusterPage(page).open();
  await cluster.expectWell();
  await must(server, cookie, 'POST', '/api/accounts', { name: 'kept', role: 'viewer', password: 'a password that is kept' });
  await must(server, cookie, 'POST', '/api/engines', { name: 'kept engine', address: { kind: 'socket', path: '/nowhere/kept.sock' } });
  await server.kill();

  await expect(cluster.live).toHaveText('Handover does not answer');
  await expect(page.getByRole('banner')).toContainText(/No answer since \d\d:\d\d:\d\d/);
  const stale = cluster.verdict(/^Unknown: Handover itself has not answered since \d\d:\d\d:\d\d\.$/);
  await expect(stale).toBeVisible();
  await expect(page.getByText(/Last known, from \d\d:\d\d:\d\d:/)).toBeVisible();
  await expect(page.getByRole('heading', { name: WELL })).toBeHidden();
  await expectAccessible(page, 'a lost server');
  await test.step('an act is refused with words, and is not pretended', async () => {
    await cluster.fault('Fill the disk', 'provoke').click();
    await expect(cluster.rehearsal.getByRole('alert')).toContainText('Handover did not answer.');
    await expect(cluster.fault('Fill the disk', 'provoke')).toBeVisible();
  });

  await server.start();
  await expect(cluster.live).toHaveText('Live', { timeout: 40_000 });
  await expect(stale).toBeHidden();
  await cluster.expectWell();
  const accounts = await must<{ name: string }[]>(server, cookie, 'GET', '/api/accounts');
  expect(accounts.map((a) => a.name)).toEqual(expect.arrayContaining(['admin', 'kept']));
  const engines = await must<{ data: { name: string }[] }>(server, cookie, 'GET', '/api/engines');
  expect(engines.data.map((e) => e.name)).toContain('kept engine');
  await page.reload();
  await cluster.expectWell();
});

test('with the stream broken and the API alive, the page goes on by asking', async ({ admin: page, server, cookie, expectedErrors }) => {
  expectedErrors.push(/net::ERR_/);
  // Only the stream itself: what is asked for once goes through.
  await page.route(/\/api\/stream$/, (route) => route.abort());
  const cluster = await new ClusterPage(page).open();
  await expect(cluster.live).toHaveText('Not live, but asking every few seconds');
  await expect(page.getByRole('banner')).toContainText(/Not live since \d\d:\d\d:\d\d, asking every 4 s/);
  await must(server, cookie, 'POST', '/api/rehearsal/faults/kill-active', { on: true });
  await expect(cluster.verdict(/^Nobody works: the Primary was killed/)).toBeVisible({ timeout: 15_000 });
  await must(server, cookie, 'POST', '/api/rehearsal/faults/kill-active', { on: false });
  await cluster.expectWell();

  await page.unroute(/\/api\/stream$/);
  await expect(cluster.live).toHaveText('Live', { timeout: 40_000 });
});

test('what did not arrive when the page was opened is asked for again', async ({ admin: page, expectedErrors }) => {
  // The second: the engine that the first test has added is nowhere.
  expectedErrors.push(/net::ERR_FAILED/, /status of 502/);
  let asked = 0;
  await page.route(/\/api\/clusters\/demo$/, (route) => (++asked === 1 ? route.abort() : route.continue()));
  await open(page, '/clusters/demo/settings');
  await expect(page.getByRole('button', { name: 'Remove demo' })).toBeVisible();
  expect(asked).toBeGreaterThan(1);
});
