/** Handover itself is gone, or its stream is: what the page says then, and that nothing saved is lost. On a server of its own. */
import type { Page } from '@playwright/test';
import { expect, expectNone, test, watchErrors } from '../fixtures';
import { expectAccessible } from '../pages/accessible';
import { ClusterPage } from '../pages/cluster';
import { must } from '../world/api';
import { type Cookie, type Server, startServer } from '../world/server.mjs';

let own: Server;
let cookie: Cookie;
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  own = await startServer();
  cookie = await own.createAdmin();
  await own.settled(cookie);
});
test.afterAll(async () => {
  expect(await own.remove(), 'processes left behind').toBe(0);
});

/** A page on the server of this file. A browser says on the console what it could not reach: that is the point here. */
async function pageOf(page: Page): Promise<ClusterPage> {
  const errors: string[] = [];
  watchErrors(page, errors);
  await page.context().addCookies([{ ...cookie, url: own.url }]);
  await page.goto(`${own.url}/clusters/demo`);
  const cluster = new ClusterPage(page);
  await cluster.expectWell();
  expectNone(errors, []);
  return cluster;
}

test('killed with SIGKILL, the page says since when it knows nothing; started again, it is live, and nothing saved is lost', async ({
  page,
  expectedErrors,
}) => {
  test.setTimeout(120_000);
  expectedErrors.push(/net::ERR_/);
  const cluster = await pageOf(page);
  await must(own, cookie, 'POST', '/api/accounts', { name: 'kept', role: 'viewer', password: 'a password that is kept' });
  await must(own, cookie, 'POST', '/api/engines', { name: 'kept engine', address: { kind: 'socket', path: '/nowhere/kept.sock' } });
  await own.kill();

  await expect(cluster.live).toHaveText('Handover does not answer');
  await expect(page.getByRole('banner')).toContainText(/No answer since \d\d:\d\d:\d\d/);
  const stale = page.getByRole('alert').filter({ hasText: 'Handover itself does not answer.' });
  await expect(stale).toContainText(/All below is from \d\d:\d\d:\d\d and says nothing of now\./);
  await expectAccessible(page, 'a lost server');
  await test.step('an act is refused with words, and is not pretended', async () => {
    await cluster.fault('Fill the disk', 'provoke').click();
    await expect(cluster.rehearsal.getByRole('alert')).toContainText('Handover did not answer.');
    await expect(cluster.fault('Fill the disk', 'provoke')).toBeVisible();
  });

  await own.start();
  await expect(cluster.live).toHaveText('Live', { timeout: 40_000 });
  await expect(stale).toBeHidden();
  await cluster.expectWell();
  const accounts = await must<{ name: string }[]>(own, cookie, 'GET', '/api/accounts');
  expect(accounts.map((a) => a.name)).toEqual(expect.arrayContaining(['admin', 'kept']));
  const engines = await must<{ data: { name: string }[] }>(own, cookie, 'GET', '/api/engines');
  expect(engines.data.map((e) => e.name)).toContain('kept engine');
  await page.reload();
  await cluster.expectWell();
});

test('with the stream broken and the API alive, the page goes on by asking', async ({ page, expectedErrors }) => {
  expectedErrors.push(/net::ERR_/);
  // Only the stream itself: what is asked for once goes through.
  await page.route(/\/api\/stream$/, (route) => route.abort());
  const cluster = await pageOfBroken(page);
  await expect(cluster.live).toHaveText('Not live, but asking every few seconds');
  await expect(page.getByRole('banner')).toContainText(/Not live since \d\d:\d\d:\d\d, asking every 4 s/);
  await must(own, cookie, 'POST', '/api/rehearsal/faults/kill-active', { on: true });
  await expect(cluster.verdict(/^Nobody works: the Primary was killed/)).toBeVisible({ timeout: 15_000 });
  await must(own, cookie, 'POST', '/api/rehearsal/faults/kill-active', { on: false });
  await cluster.expectWell();

  await page.unroute(/\/api\/stream$/);
  await expect(cluster.live).toHaveText('Live', { timeout: 40_000 });
});

async function pageOfBroken(page: Page): Promise<ClusterPage> {
  await page.context().addCookies([{ ...cookie, url: own.url }]);
  await page.goto(`${own.url}/clusters/demo`);
  return new ClusterPage(page);
}
