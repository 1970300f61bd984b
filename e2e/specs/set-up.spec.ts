/** Setting a cluster up through the browser, on the rehearsal world: a Secondary made anew and taken back, one that is there, both, and a killed Handover. */
import type { Page } from '@playwright/test';
import type { SetupOptions, SetupPlanAnswer } from '../../lib/contract/setup';
import type { ClusterView } from '../../lib/contract/words';
import { expect, testOnOwnServer } from '../fixtures';
import { expectAccessible } from '../pages/accessible';
import { ClusterPage } from '../pages/cluster';
import { ClusterForm } from '../pages/cluster-form';
import { open } from '../pages/open';
import { SetUpPage } from '../pages/set-up';
import { must } from '../world/api';
import type { Cookie, Server } from '../world/server.mjs';
import { until } from '../world/server.mjs';

const SECONDARY = 'js7-demo-secondary';
const test = testOnOwnServer();
test.setTimeout(120_000);
test.beforeEach(async ({ undone: _ }) => {});

const demo = async (server: Server, cookie: Cookie): Promise<ClusterView | undefined> =>
  (await must<{ data: ClusterView[] }>(server, cookie, 'GET', '/api/clusters')).data.find((c) => c.id === 'demo');
/** Somebody removes the Secondary and its volumes. */
async function takeAway(page: Page, server: Server, cookie: Cookie): Promise<ClusterPage> {
  await must(server, cookie, 'POST', '/api/rehearsal/faults/take-secondary-away', { on: true });
  await until('the Secondary is gone', async () => (await demo(server, cookie))?.secondary?.role === 'absent');
  return new ClusterPage(page).open();
}

test('a Secondary that was taken away is made anew, seen cold and fenced, and taken back', async ({ admin: page, server, cookie }) => {
  const cluster = await takeAway(page, server, cookie);
  await page.getByRole('link', { name: 'Create the Secondary' }).first().click();
  await expect(page).toHaveURL('/clusters/demo/set-up');
  const wizard = new SetUpPage(page);
  await expect(wizard.says(`Ready to create ${SECONDARY} on docker-b`)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('list', { name: 'Setting up' }).locator('[aria-current=step]')).toHaveText(/Create the Secondary/);
  await expect(wizard.row('restart')).toHaveAttribute('data-compared', 'fence');
  await expect(wizard.row('controller-id')).toContainText('RUN_JS_ID=demo');
  await expect(wizard.check('space')).toHaveAttribute('data-result', /warn|pass/);
  await expect(page.getByRole('region', { name: 'Changes in controller.conf of the Secondary' })).toContainText('is-backup = yes');
  await expect(page.getByRole('region', { name: 'compose file' })).toContainText('profiles:');
  await expect(page.getByRole('region', { name: 'docker lines' })).toContainText(`docker create --name ${SECONDARY}`);
  await expectAccessible(page, 'the wizard');

  await wizard.begin('Create the Secondary');
  await wizard.done();
  await expect(wizard.step('fence')).toHaveAttribute('data-state', 'done');
  await expect(wizard.step('prove')).toContainText('its state directory holds no journal');
  await expect(page.getByRole('link', { name: 'Register with JOC Cockpit' })).toHaveAttribute('href', '/clusters/demo/register');
  await expectAccessible(page, 'a finished set-up');
  await page.getByRole('link', { name: 'See it in the picture' }).click();
  await cluster.expectWell();
  await expect(cluster.card('Secondary').getByText('cold', { exact: true })).toBeVisible();
  await expect(cluster.says('Secondary', 'On disk')).toContainText('is-backup = yes');

  await open(page, '/runs');
  await page.getByRole('region', { name: 'Set-ups' }).getByRole('link').first().click();
  await wizard.undo('Undo');
  await expect(wizard.says('Taken back: nothing of it is left.')).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page, 'a set-up that was taken back');
  const alone = await until('no Secondary', async () => {
    const now = await demo(server, cookie);
    return now?.secondary === undefined || now.secondary.role === 'absent' ? now : undefined;
  });
  expect(alone.primary.role).toBe('active');
});

test('what stands against it is said beside it: a name that is taken, a field that is wrong, a network that is gone', async ({
  admin: page,
  server,
  cookie,
}) => {
  await takeAway(page, server, cookie);
  const wizard = await new SetUpPage(page).open();
  await expect(wizard.says(/^Ready to create/)).toBeVisible({ timeout: 30_000 });
  await wizard.change();
  await page.getByLabel('Engine', { exact: true }).selectOption({ label: 'docker-a' });
  await expect(wizard.says(/on docker-a/)).toBeVisible({ timeout: 20_000 });
  await expect(wizard.row('engine')).toContainText('a lost host takes both');

  await page.getByLabel('Container name').fill('js7-demo-primary');
  await expect(wizard.says(/^Not yet: \d+ checks? stand/)).toBeVisible({ timeout: 20_000 });
  await expect(wizard.check('name')).toContainText('has a container js7-demo-primary already');
  const button = page.getByRole('button', { name: 'Create the Secondary' });
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(button).toHaveAccessibleDescription(/put right what is marked/);
  await expectAccessible(page, 'a wizard that is not ready');

  await page.getByLabel('Container name').fill('-');
  await expect(wizard.says('Something in the form is not complete.')).toBeVisible();
  await expect(page.getByLabel('Container name')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Container name').fill('js7-demo-spare');
  await expect(wizard.says('Ready to create js7-demo-spare on docker-a')).toBeVisible({ timeout: 20_000 });
});

test('viewer and operator see why, and nothing to press', async ({ account, visitor, server, cookie, admin: page }) => {
  await takeAway(page, server, cookie);
  for (const role of ['viewer', 'operator'] as const) {
    const theirs = await visitor((await account(role)).cookie);
    await open(theirs, '/clusters/demo/set-up');
    await expect(theirs.getByRole('heading', { name: 'Only an admin sets a cluster up.' })).toBeVisible();
    await expect(theirs.getByRole('button', { name: 'Create the Secondary' })).toHaveCount(0);
    await open(theirs, '/clusters/new/both');
    await expect(theirs.getByRole('heading', { name: 'Only an admin sets a cluster up.' })).toBeVisible();
  }
});

test('a container that is there becomes the Secondary, and what it was is given back', async ({ admin: page }) => {
  const form = await new ClusterForm(page).open('demo');
  await form.use(SECONDARY).selectOption('none');
  await form.save();
  const wizard = await new SetUpPage(page).open();
  await page.getByRole('radio', { name: /Use an existing container/ }).check();
  await page.getByLabel('Container', { exact: true }).selectOption({ label: `${SECONDARY} on docker-b` });
  await expect(wizard.check('state')).toContainText('holds no journal', { timeout: 30_000 });
  await expectAccessible(page, 'an existing container in the wizard');
  await wizard.begin('Use it as the Secondary');
  await wizard.done();
  await new ClusterPage(page).open();
  await new ClusterPage(page).expectWell();
});

test('Handover is killed in the middle: the set-up waits on the pages of the clusters, and continued it ends well', async ({
  admin: page,
  server,
  cookie,
  expectedErrors,
}) => {
  expectedErrors.push(/net::ERR_/, /Failed to fetch/);
  await takeAway(page, server, cookie);
  const wizard = new SetUpPage(page);
  // Begun without the browser and killed at once: its steps take no longer than a second here.
  const { proposals } = await must<SetupOptions>(server, cookie, 'GET', '/api/setups/options?clusterId=demo');
  const [input] = proposals;
  const { hash } = await must<SetupPlanAnswer>(server, cookie, 'POST', '/api/setups/plan', input);
  const { id } = await must<{ id: string }>(server, cookie, 'POST', '/api/setups', { input, hash });
  await server.kill();
  await server.start();
  await open(page, '/');
  await expect(page.getByText(`Set-up ${id} of demo waits for you.`)).toBeVisible({ timeout: 20_000 });
  await page.getByRole('link', { name: `Open set-up ${id}` }).click();
  await expect(wizard.says(/^Interrupted in step \d+ of \d+: /)).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await expectAccessible(page, 'an interrupted set-up');
  await page.getByRole('button', { name: 'Continue' }).click();
  await wizard.done();
  await new ClusterPage(page).open();
  await new ClusterPage(page).expectWell();
});

test('both are made for evaluation, and taken back except what has worked', async ({ admin: page }) => {
  await open(page, '/clusters/new');
  await page.getByRole('link', { name: 'Create both for evaluation' }).click();
  await expect(page).toHaveURL('/clusters/new/both');
  const wizard = new SetUpPage(page);
  await page.getByLabel('Name of the cluster').fill('trial');
  await page.getByLabel('Controller ID').fill('trial');
  await expectAccessible(page, 'creating both');
  await wizard.begin('Create both');
  await wizard.done();
  await expect(wizard.step('start')).toHaveAttribute('data-state', 'done');
  await page.getByRole('link', { name: 'See it in the picture' }).click();
  await new ClusterPage(page).expectWell();
  await page.goBack();
  await wizard.undo('Undo', 'trial');
  await expect(wizard.says(/^Taken back/)).toBeVisible({ timeout: 60_000 });
});
