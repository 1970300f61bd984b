/** The main job through the browser, on the rehearsal world: there and back, and once with the dashboard killed in the middle. */
import type { ClusterView } from '../../lib/contract/words';
import { expect, testOnOwnServer } from '../fixtures';
import { expectAccessible } from '../pages/accessible';
import { ClusterPage } from '../pages/cluster';
import { PreparePage } from '../pages/prepare';
import { must } from '../world/api';
import type { Cookie, Server } from '../world/server.mjs';
import { until } from '../world/server.mjs';

const NAMES = { Primary: 'js7-demo-primary', Secondary: 'js7-demo-secondary' };
const test = testOnOwnServer();
test.setTimeout(180_000);
test.beforeEach(async ({ undone: _ }) => {});

async function seen(server: Server, cookie: Cookie): Promise<ClusterView> {
  const [demo] = (await must<{ data: ClusterView[] }>(server, cookie, 'GET', '/api/clusters')).data;
  return demo as ClusterView;
}
/** Exactly one works, with this journal; the other one does not run. */
async function expectOnly(server: Server, cookie: Cookie, slot: 'primary' | 'secondary', journalId: string | undefined): Promise<void> {
  const other = slot === 'primary' ? 'secondary' : 'primary';
  const view = await until(`the ${slot} alone`, async () => {
    const v = await seen(server, cookie);
    return v[slot]?.role === 'active' && v[other]?.alive === 'no' && v[slot]?.controller.journalId !== undefined ? v : undefined;
  });
  expect(view[slot]?.controller.journalId).toBe(journalId);
}
const journalOf = async (server: Server, cookie: Cookie): Promise<string | undefined> => {
  const v = await until('the lineage', async () => {
    const now = await seen(server, cookie);
    return now.primary.controller.journalId ? now : undefined;
  });
  return v.primary.controller.journalId;
};

test('there and back: proved, reported, and the other one idles when somebody starts it', async ({ admin: page, server, cookie }) => {
  const journalId = await journalOf(server, cookie);
  const prepare = await new PreparePage(page).open();
  await expectAccessible(page, 'preparing a switch-over');
  await prepare.start({ active: NAMES.Primary, to: 'Secondary', reason: 'Kernel update on docker-a' });
  await expect(page.getByRole('heading', { name: 'Done: the Secondary is active, and nothing was lost.' })).toBeVisible({
    timeout: 90_000,
  });
  await expectAccessible(page, 'the report');
  await expect(page.getByText('Kernel update on docker-a').first()).toBeVisible();
  await expectOnly(server, cookie, 'secondary', journalId);

  const report = await must<{ result: string; files: { segments: unknown[] }[] }>(server, cookie, 'GET', '/api/runs/1/report.json');
  expect(report.result).toBe('succeeded');
  expect(report.files.length).toBeGreaterThan(0);

  await page.getByRole('link', { name: 'Switch back to the Primary' }).click();
  await prepare.start({ active: NAMES.Secondary, to: 'Primary', reason: 'Back again' });
  await expect(page.getByRole('heading', { name: 'Done: the Primary is active, and nothing was lost.' })).toBeVisible({ timeout: 90_000 });
  await expectOnly(server, cookie, 'primary', journalId);
  await page.goto('/runs');
  await expect(page.getByRole('link', { name: /2/ }).first()).toBeVisible();
});

test('the dashboard is killed in the middle: the run is offered for a decision, and continued it ends well', async ({
  admin: page,
  server,
  cookie,
  expectedErrors,
}) => {
  expectedErrors.push(/net::ERR_/, /Failed to fetch/);
  const journalId = await journalOf(server, cookie);
  const run = await (await new PreparePage(page).open()).start({ active: NAMES.Primary, to: 'Secondary', reason: 'Killed on purpose' });
  await server.kill();
  await server.start();
  await page.goto(`/runs/${run}`);
  await expect(page.getByRole('heading', { name: /^Interrupted in step \d+ of \d+\./ })).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page, 'an interrupted run');
  await page.getByRole('radio', { name: /^Continue with step \d+/ }).check();
  await page.getByRole('button', { name: /^Continue with step \d+/ }).click();
  await expect(page.getByRole('heading', { name: 'Done: the Secondary is active, and nothing was lost.' })).toBeVisible({
    timeout: 90_000,
  });
  await expectOnly(server, cookie, 'secondary', journalId);
  await new ClusterPage(page).open();
  await expect(page.getByText(/Run \d+/).first()).toBeVisible();
});
