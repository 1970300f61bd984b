/** The main job on a real Docker Engine: add it, add the pair, watch it while somebody else works on it with `docker`, act on it. One story, told in order. */
import { makePair, type Pair } from '../../docker/controllers';
import { startEngine, type TestEngine } from '../../docker/dockerd';
import { expect, testOnOwnServer } from '../../fixtures';
import { expectAccessible } from '../../pages/accessible';
import { ClusterPage } from '../../pages/cluster';
import { ClusterForm } from '../../pages/cluster-form';
import { LoginPage } from '../../pages/login';
import { ready } from '../../pages/open';
import { SettingsPage } from '../../pages/settings';
import { ADMIN } from '../../world/server.mjs';

/** The engine and the pair live as long as the tests of this file; nothing of them is left. */
const test = testOnOwnServer({ HANDOVER_REHEARSAL: 'off' }).extend<object, { engine: TestEngine; pair: Pair }>({
  engine: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern here
    async ({}, use) => {
      const engine = await startEngine({ name: 'browser' });
      await use(engine);
      await engine.remove();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  pair: [async ({ engine }, use) => use(await makePair(engine, 'shop')), { scope: 'worker', timeout: 120_000 }],
});
test.describe.configure({ mode: 'serial' });

test('a newcomer adds the engine by its socket and the cluster from what was found there', async ({ page, cookie: _, engine, pair }) => {
  const login = await new LoginPage(page).open();
  await login.signIn(ADMIN.name, ADMIN.password);
  await expect(page.getByRole('heading', { name: 'No cluster yet, and no engine to look at.' })).toBeVisible();
  await expect(page.getByText('This is a rehearsal world.')).toHaveCount(0);
  await page.getByRole('link', { name: 'Add an engine' }).click();

  await expect(page).toHaveURL('/settings');
  const settings = new SettingsPage(page);
  await ready(page);
  await settings.engines.getByRole('button', { name: 'Add an engine' }).click();
  const form = settings.engines.locator('form');
  await form.getByLabel('Name').fill('host-a');
  await form.getByRole('textbox', { name: 'Socket' }).fill(engine.socket);
  await settings.press(form, 'Test');
  await expect(form.getByRole('status')).toContainText(/Engine \d+\.\d+.*, API 1\.\d+\./);
  await expect(form.getByRole('status')).toContainText('2 Controllers found.');
  await settings.press(form, 'Add an engine');
  await expect(settings.row('host-a')).toContainText('answers');

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Clusters' }).click();
  await expect(page.getByText('Both carry Controller ID shop.')).toBeVisible();
  await expectAccessible(page, 'a pair that was found');
  await page.getByRole('link', { name: 'Add shop' }).click();
  const cluster = new ClusterForm(page);
  await expect(cluster.use(pair.primary)).toHaveValue('primary');
  await expect(cluster.use(pair.secondary)).toHaveValue('secondary');
  await expect(cluster.found(pair.primary)).toContainText('An emulated Controller: nothing real runs in it.');
  await cluster.test();
  await expect(cluster.checks.getByRole('status')).toContainText(', 0 blocked, 0 unknown');
  await cluster.save();
  await expect(page).toHaveURL('/clusters/shop');
  const shown = new ClusterPage(page);
  await shown.expectWell();
  await expect(shown.card('Primary')).toContainText(`${pair.primary} on host-a`);
  await expect(shown.says('Primary', 'Docker says')).toContainText('handover-emulated/js7:controller-2-9-0');
  await expect(shown.says('Secondary', 'On disk')).toContainText('is-backup = yes');
  await expect(shown.card('Secondary').getByText('cold', { exact: true })).toBeVisible();
  await expect(shown.rehearsal).toHaveCount(0);
});

test('split brain by hand: the alarm, its evidence, and the way out through the page', async ({ admin: page, pair }) => {
  const cluster = await new ClusterPage(page).open('shop');
  await cluster.expectWell();
  pair.copyJournal(pair.primary, pair.secondary);
  pair.setFlag(pair.secondary, 'off');
  pair.docker('start', pair.secondary);
  await expect(cluster.verdict('shop: Two Controllers of one journal are alive.')).toBeVisible({ timeout: 30_000 });
  await expect(cluster.guard).toContainText('Exactly one may live: two do.');
  await expect(cluster.next).toContainText(`Safest next step: stop the Secondary, ${pair.secondary}, on host-a`);
  const evidence = page.getByRole('region', { name: 'Evidence' });
  await expect(evidence.getByRole('row', { name: /^journalId/ })).toContainText('the same');
  await expectAccessible(page, 'split brain on a real engine');
  // Fenced again while it runs: what it is told next time.
  pair.setFlag(pair.secondary, 'on');
  await cluster.next.getByRole('button', { name: `Stop ${pair.secondary}` }).click();
  await cluster.confirm(`Stop ${pair.secondary}`);
  await expect(cluster.verdict('The journals have parted: both worked for a time.')).toBeVisible({ timeout: 20_000 });
  // It can only be told as long as the one that works goes on.
  pair.docker('restart', pair.primary);
  await cluster.expectWell();
  await expect(cluster.says('Secondary', 'On disk')).toContainText('is-backup = yes');
  expect(pair.docker('inspect', '-f', '{{.State.Status}}', pair.primary, pair.secondary)).toBe('running\nexited');
});

test('what somebody does with docker shows by itself: stop, start, kill, start', async ({ admin: page, pair }) => {
  const cluster = await new ClusterPage(page).open('shop');
  await cluster.expectWell();
  pair.docker('stop', pair.primary);
  await expect(cluster.verdict(/^Nobody works: the Primary was stopped/)).toBeVisible({ timeout: 20_000 });
  await expect(cluster.says('Primary', 'Docker says')).toContainText('exited (0)');
  pair.docker('start', pair.primary);
  await cluster.expectWell();
  pair.docker('kill', pair.primary);
  await expect(cluster.verdict(/^Nobody works: the Primary was killed/)).toBeVisible({ timeout: 20_000 });
  await expect(cluster.says('Primary', 'Docker says')).toContainText('exited (137)');
  pair.docker('start', pair.primary);
  await cluster.expectWell();
  await expect(cluster.events).toContainText(`${pair.primary} was killed, exit code 137`);
});

test('stop and start through the page reach the container', async ({ admin: page, pair }) => {
  const cluster = await new ClusterPage(page).open('shop');
  await cluster.expectWell();
  await cluster.act('Primary', 'Stop');
  await expect(cluster.verdict(/^Nobody works: the Primary was stopped/)).toBeVisible();
  await expect(cluster.says('Primary', 'On disk')).toContainText('a proper stop', { timeout: 20_000 });
  expect(pair.docker('inspect', '-f', '{{.State.Status}}', pair.primary)).toBe('exited');
  await cluster.act('Primary', 'Start');
  await cluster.expectWell();
  expect(pair.docker('inspect', '-f', '{{.State.Status}}', pair.primary)).toBe('running');
});

test('the log of the container, live, and by its own address', async ({ admin: page, pair }) => {
  await new ClusterPage(page).open('shop', '?logs=primary');
  const drawer = page.getByRole('dialog', { name: `Log of ${pair.primary}` });
  const lines = drawer.getByRole('log').getByRole('paragraph');
  await expect(drawer.getByRole('status')).toHaveText('live');
  await expect(lines.first()).toBeVisible();
  const before = await lines.count();
  pair.docker('restart', pair.primary);
  await expect.poll(() => lines.count(), { timeout: 20_000 }).toBeGreaterThan(before);
  await page.getByRole('button', { name: 'Close' }).click();
  await new ClusterPage(page).expectWell();
});

test('the engine is killed: what it carries is unknown, not stopped; back again, all is seen', async ({ admin: page, engine, pair }) => {
  const cluster = await new ClusterPage(page).open('shop');
  await expect(cluster.card('Primary').getByText('active', { exact: true }).first()).toBeVisible();
  await engine.kill();
  await expect(cluster.verdict('Neither Controller can be seen: both may be alive.')).toBeVisible({ timeout: 30_000 });
  for (const slot of ['Primary', 'Secondary'] as const) {
    await expect(cluster.card(slot).getByText('unknown', { exact: true }).first()).toBeVisible();
    await expect(cluster.card(slot).getByText(/^(stopped|cold|fenced)$/)).toHaveCount(0);
  }
  await expect(cluster.guard).toContainText('counts as running until Docker says that it is not.');
  await expectAccessible(page, 'a dead engine');
  await engine.start();
  // The Primary has ended with its engine, and nothing starts it by itself.
  await expect(cluster.verdict(/^Nobody works|^Two journals/)).toBeVisible({ timeout: 45_000 });
  pair.docker('start', pair.primary);
  await expect(cluster.card('Primary').getByText('active', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
});
