import { expect, test } from '../fixtures';
import { expectAccessible } from '../pages/accessible';
import { ClusterPage } from '../pages/cluster';
import { LoginPage } from '../pages/login';
import { open } from '../pages/open';
import { SettingsPage } from '../pages/settings';
import { ADMIN } from '../world/server.mjs';

test('an account is made, used, changed and removed; its sessions end with it', async ({ admin: page, visitor, expectedErrors }) => {
  expectedErrors.push(/status of 40[019]/);
  const settings = await new SettingsPage(page).open();
  const { accounts } = settings;
  await accounts.getByRole('button', { name: 'Add an account' }).click();
  const form = accounts.locator('form');
  const password = form.getByRole('textbox', { name: 'Password' });
  await form.getByLabel('Account').fill('m.keller');
  await password.fill('short');
  await settings.press(form, 'Add an account');
  await expect(form.getByText('At least 10 characters')).toBeVisible();
  await password.fill('a password of m.keller');
  await settings.press(form, 'Add an account');
  await expect(settings.row('m.keller')).toContainText('viewer');
  await expect(settings.row('m.keller')).toContainText('never');
  await expectAccessible(page, 'the accounts');

  await test.step('a name that is taken, in other letters', async () => {
    await accounts.getByRole('button', { name: 'Add an account' }).click();
    await form.getByLabel('Account').fill('M.Keller');
    await password.fill('another long password');
    await settings.press(form, 'Add an account');
    await expect(form.getByRole('alert')).toContainText('is taken');
    await form.getByRole('button', { name: 'Cancel' }).click();
  });
  const theirs = await visitor(undefined);
  const login = await new LoginPage(theirs).open();
  await login.signIn('m.keller', 'a password of m.keller');
  await expect(theirs).toHaveURL('/');

  await settings.row('m.keller').getByRole('button', { name: 'Edit m.keller' }).click();
  await form.getByLabel('Role').selectOption('operator');
  await settings.press(form, 'Save');
  await expect(settings.row('m.keller')).toContainText('operator');
  await expect(theirs).toHaveURL(/\/login/);
  await login.signIn('m.keller', 'a password of m.keller');
  await expect(theirs).not.toHaveURL(/login/);

  await settings.remove('m.keller');
  await expect(theirs).toHaveURL(/\/login/);
  await login.signIn('m.keller', 'a password of m.keller');
  await expect(login.refusal).toContainText('Account or password is wrong.');
});

test('the last admin can neither be removed nor made less', async ({ admin: page, expectedErrors }) => {
  expectedErrors.push(/status of 409/);
  const settings = await new SettingsPage(page).open();
  await settings
    .row(ADMIN.name)
    .getByRole('button', { name: `Remove ${ADMIN.name}` })
    .click();
  await expect(settings.dialog).toContainText('You cannot remove the account that you are signed in with.');
  await expect(settings.dialog.getByRole('button', { name: `Remove ${ADMIN.name}` })).toHaveAttribute('aria-disabled', 'true');
  await settings.dialog.getByRole('button', { name: 'Cancel' }).click();
  expect((await page.request.delete(`/api/accounts/${ADMIN.name}`)).status()).toBe(409);

  await settings
    .row(ADMIN.name)
    .getByRole('button', { name: `Edit ${ADMIN.name}` })
    .click();
  const form = settings.accounts.locator('form');
  await form.getByLabel('Role').selectOption('viewer');
  await settings.press(form, 'Save');
  await expect(form.getByRole('alert')).toContainText(`"${ADMIN.name}" is the only admin.`);
});

test('a viewer sees everything, and why he may not act', async ({ visitor, account, undone: _ }) => {
  const page = await visitor((await account('viewer')).cookie);
  const cluster = await new ClusterPage(page).open();
  await cluster.expectWell();
  const stop = (await cluster.menu('Primary')).getByRole('menuitem', { name: 'Stop' });
  await expect(stop).toHaveAttribute('aria-disabled', 'true');
  await expect(stop).toContainText('Your role may look only: an operator or admin can do this.');
  await expectAccessible(page, 'the menu of a viewer');
  await stop.click({ force: true });
  await expect(cluster.dialog).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(cluster.fault('Kill the active one', 'provoke')).toHaveAttribute('aria-disabled', 'true');
  await cluster.fault('Kill the active one', 'provoke').click({ force: true });
  await cluster.expectWell();
  await (await cluster.menu('Primary')).getByRole('menuitem', { name: 'Logs' }).click();
  await expect(cluster.dialog.getByRole('log')).toBeVisible();

  const settings = await new SettingsPage(page).open();
  await expect(settings.engines).toContainText('Only an admin can do this.');
  await expect(settings.engines.getByRole('button', { name: 'Add an engine' })).toHaveAttribute('aria-disabled', 'true');
  await expect(settings.accounts).toContainText('Only an admin sees and changes the accounts.');
  for (const path of ['/clusters/new', '/clusters/demo/settings']) {
    await open(page, path);
    await expect(page.getByText('Ask an admin to do it, or to change your role under Settings.')).toBeVisible();
    await expectAccessible(page, `${path} of a viewer`);
  }
});

test('an operator stops and starts, and changes no settings', async ({ visitor, account, undone: _ }) => {
  test.setTimeout(90_000);
  const operator = await account('operator');
  const page = await visitor(operator.cookie);
  const cluster = await new ClusterPage(page).open();
  await cluster.expectWell();
  await cluster.act('Primary', 'Stop');
  await expect(cluster.verdict(/^Nobody works: the Primary was stopped/)).toBeVisible();
  await expect(cluster.events).toContainText(`asked for by ${operator.name}`);
  await cluster.act('Primary', 'Start');
  await cluster.expectWell();
  await open(page, '/clusters/demo/settings');
  await expect(page.getByText('Only an admin can do this.')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Remove/ })).toHaveCount(0);
});
