/** What one sees of a cluster, and how one gets about: with a mouse, by touch, by keyboard. */
import { expect, test } from '../fixtures';
import { expectAccessible } from '../pages/accessible';
import { ClusterPage } from '../pages/cluster';
import { open } from '../pages/open';

test.beforeEach(async ({ undone: _ }) => {});

test('the demo pair: who works, who is cold, what each source says, and what the guard proves', async ({ admin: page }) => {
  await open(page, '/');
  await expect(page.getByRole('heading', { name: 'All well: the cluster has one active Controller.' })).toBeVisible();
  await page.getByRole('link', { name: 'demo', exact: true }).click();
  const cluster = new ClusterPage(page);
  await cluster.expectWell();
  await expect(page.getByText('Standalone pair, no licence: one live Controller, one cold spare')).toBeVisible();

  const [primary, secondary] = [cluster.card('Primary'), cluster.card('Secondary')];
  await expect(primary).toContainText('js7-demo-primary on docker-a');
  await expect(primary.getByText('active', { exact: true }).first()).toBeVisible();
  await expect(cluster.says('Primary', 'Docker says')).toContainText('running since');
  await expect(cluster.says('Primary', 'Controller says')).toContainText(/Version\s*2\./);
  await expect(secondary).toContainText('js7-demo-secondary on docker-b');
  await expect(secondary.getByText('cold', { exact: true })).toBeVisible();
  await expect(cluster.says('Secondary', 'Controller says')).toContainText('The container does not run, so nothing answers.');
  await expect(cluster.says('Secondary', 'On disk')).toContainText('is-backup = yes');
  await expect(page.getByRole('region', { name: 'Cluster Status' })).toContainText('Standalone pair');

  await cluster.guard.getByRole('button', { name: 'What the guard watches' }).click();
  await expect(cluster.dialog.getByRole('listitem')).not.toHaveCount(0);
  await expect(cluster.dialog.getByRole('listitem').filter({ hasText: 'Two live Controllers of one journal' })).toContainText('not seen');
  await expectAccessible(page, 'what the guard watches');
  await page.keyboard.press('Escape');
  await expect(cluster.dialog).toBeHidden();
});

test('the log: from the menu, by its own address, filtered, paused, and live', async ({ admin: page, server }) => {
  const cluster = await new ClusterPage(page).open();
  await (await cluster.menu('Primary')).getByRole('menuitem', { name: 'Logs' }).click();
  const drawer = page.getByRole('dialog', { name: 'Log of js7-demo-primary' });
  const lines = drawer.getByRole('log').getByRole('paragraph');
  await expect(page).toHaveURL('/clusters/demo?logs=primary');
  await expect(drawer.getByRole('status')).toHaveText('live');
  await expect(lines.first()).toBeVisible();
  await expectAccessible(page, 'the log');

  const filter = drawer.getByLabel('Filter lines');
  await filter.fill('no line has such words');
  await expect(drawer.getByText('No line has all these words.')).toBeVisible();
  const text = (await lines.first().textContent()) ?? '';
  expect(text).toBe('No line has all these words.');
  await filter.fill('');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(page).toHaveURL('/clusters/demo');

  await cluster.open('demo', '?logs=secondary');
  await expect(page.getByRole('dialog', { name: 'Log of js7-demo-secondary' })).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page).toHaveURL('/clusters/demo');

  await test.step('new lines come by themselves, and stay out while it is paused', async () => {
    await cluster.open('demo', '?logs=primary');
    await expect(lines.first()).toBeVisible();
    await drawer.getByRole('button', { name: 'Pause' }).click();
    const before = await lines.count();
    await page.request.post(`${server.url}/api/clusters/demo/instances/primary/stop`, { data: {} });
    await expect(drawer.getByRole('button', { name: /^Go on \([1-9]\d* new\)/ })).toBeVisible({ timeout: 20_000 });
    expect(await lines.count()).toBe(before);
    await drawer.getByRole('button', { name: /^Go on/ }).click();
    await expect.poll(() => lines.count()).toBeGreaterThan(before);
    await expect(drawer.getByRole('status')).toHaveText('complete: the container does not run');
  });
});

test('two people in two browsers see the same', async ({ admin: page, visitor, account }) => {
  const { cookie } = await account('viewer');
  const [mine, theirs] = [await new ClusterPage(page).open(), await new ClusterPage(await visitor(cookie)).open()];
  await mine.expectWell();
  await theirs.expectWell();
  await mine.provoke('Kill the active one');
  for (const each of [mine, theirs]) await expect(each.verdict(/^Nobody works: the Primary was killed/)).toBeVisible();
  await expect(theirs.fault('Kill the active one', 'end')).toHaveAttribute('aria-disabled', 'true');
  await mine.end('Kill the active one');
  for (const each of [mine, theirs]) await each.expectWell();
});

test('the theme that a person chooses stays', async ({ admin: page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const choose = async (theme: string) => {
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: theme }).click();
  };
  await open(page, '/clusters/demo');
  const light = await background();
  await choose('Dark');
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await open(page, '/settings');
  expect(await background()).toBe(dark);
  await choose('Light');
  await expect.poll(background).toBe(light);
  await choose('As the system');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(background).toBe(dark);
});

test('the page of the states explains every word of the picture', async ({ admin: page }) => {
  await open(page, '/clusters/demo');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'States' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'What the states mean' })).toBeVisible();
  for (const table of ['Instances', 'Cluster Status', 'Status', 'Lines of the picture', 'Verdicts', 'How old a reading is'])
    await expect(page.getByRole('heading', { level: 2, name: table, exact: true })).toBeVisible();
  for (const word of ['active', 'cold', 'unreachable', 'unknown'])
    await expect(
      page
        .getByRole('row')
        .filter({ hasText: new RegExp(`^${word}`) })
        .first(),
    ).toBeVisible();
});

test.describe('on a phone, 390 px wide', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('by touch: the menu, the cluster, what the sources say, a stop and a start', async ({ admin: page }) => {
    test.setTimeout(90_000);
    await open(page, '/settings');
    await page.getByLabel('Menu', { exact: true }).tap();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Clusters' }).tap();
    await expect(page).toHaveURL('/');
    await page.getByRole('link', { name: 'Open demo' }).tap();
    const cluster = new ClusterPage(page);
    await cluster.expectWell();
    const secondary = cluster.card('Secondary');
    await expect(cluster.says('Secondary', 'On disk')).toBeHidden();
    await secondary.getByRole('button', { name: 'What each source says' }).tap();
    await expect(cluster.says('Secondary', 'On disk')).toContainText('is-backup = yes');
    await page.getByRole('button', { name: 'Actions for Primary Controller' }).tap();
    await page.getByRole('menuitem', { name: 'Stop' }).tap();
    await expectAccessible(page, 'the question before a stop, on a phone');
    await cluster.dialog.getByRole('button', { name: 'Stop js7-demo-primary' }).tap();
    await expect(cluster.verdict(/^Nobody works: the Primary was stopped/)).toBeVisible({ timeout: 20_000 });
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(sideways, 'px that the page scrolls sideways').toBe(0);
    await page.locator('section[aria-labelledby=verdict]').getByRole('button', { name: 'Start js7-demo-primary' }).tap();
    await cluster.dialog.getByRole('button', { name: 'Start js7-demo-primary' }).tap();
    await cluster.expectWell();
  });

  test('by keyboard: past the bar, into a menu, through a question and back to where one was', async ({ admin: page }) => {
    const cluster = await new ClusterPage(page).open();
    await cluster.expectWell();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
    await page.keyboard.press('Enter');
    const actions = page.getByRole('button', { name: 'Actions for Primary Controller' });
    for (let i = 0; i < 30 && !(await actions.evaluate((e) => e === document.activeElement)); i++) await page.keyboard.press('Tab');
    await expect(actions).toBeFocused();
    await page.keyboard.press('Enter');
    const stop = page.getByRole('menuitem', { name: 'Stop' });
    await expect(stop).toBeVisible();
    for (let i = 0; i < 5 && !(await stop.evaluate((e) => e === document.activeElement)); i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(cluster.dialog).toContainText('Stop js7-demo-primary?');
    await page.keyboard.press('Escape');
    await expect(cluster.dialog).toBeHidden();
    await expect(actions).toBeFocused();
  });
});
