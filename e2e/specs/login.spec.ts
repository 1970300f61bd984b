import { expect, test } from '../fixtures';
import { expectAccessible } from '../pages/accessible';
import { LoginPage } from '../pages/login';
import { open, ready } from '../pages/open';

test('a wrong password is refused, and after five attempts this account has to wait; others need not', async ({
  page,
  account,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 401/, /status of 429/);
  const tried = await account('viewer');
  const other = await account('viewer');
  const login = await new LoginPage(page).open();
  for (let i = 0; i < 5; i++) {
    await login.signIn(tried.name, `wrong password ${i}`);
    await expect(login.refusal).toContainText('Account or password is wrong.');
    await expect(login.password).toHaveValue('');
  }
  await expect(login.password).toBeFocused();
  await expectAccessible(page, 'a refused login');

  await login.signIn(tried.name, tried.password);
  await expect(login.refusal).toContainText('Too many attempts to log in.');
  await expect(login.refusal).toContainText(/Try again in \d+ s\./);
  await expect(login.button).toHaveAttribute('aria-disabled', 'true');

  await login.open();
  await login.signIn(other.name, other.password);
  await expect(page).toHaveURL('/');
});

test('the login leads back to where one wanted to go, and never to another site', async ({ page, visitor, account }) => {
  const viewer = await account('viewer');
  await open(page, '/clusters/demo');
  await expect(page).toHaveURL(/\/login\?from=/);
  await new LoginPage(page).signIn(viewer.name, viewer.password);
  await expect(page).toHaveURL('/clusters/demo');

  // In another browser: a page whose cookie is taken away while it asks for something is refused, and says so on its console.
  const another = await visitor(undefined);
  const login = await new LoginPage(another).open('/login?from=//example.org/');
  await login.signIn(viewer.name, viewer.password);
  await expect(another).toHaveURL('/');
});

test('signing out ends the session in the other tab too', async ({ visitor, account }) => {
  const viewer = await account('viewer');
  const page = await visitor(undefined);
  const login = await new LoginPage(page).open();
  await login.signIn(viewer.name, viewer.password);
  await expect(page).toHaveURL('/');
  const tab = await page.context().newPage();
  await open(tab, '/clusters/demo');
  await ready(page);
  await page.getByRole('button', { name: `Account ${viewer.name}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/login');
  await expect(tab).toHaveURL(/\/login\?from=/);
});

test('one changes the own password: the old one is asked for, and all other sessions end', async ({ visitor, account, expectedErrors }) => {
  expectedErrors.push(/status of 40[01]/);
  const viewer = await account('viewer');
  const [page, elsewhere] = [await visitor(viewer.cookie), await visitor(undefined)];
  const login = await new LoginPage(elsewhere).open();
  await login.signIn(viewer.name, viewer.password);
  await expect(elsewhere).toHaveURL('/');

  await open(page, '/');
  await page.getByRole('button', { name: `Account ${viewer.name}` }).click();
  await page.getByRole('menuitem', { name: 'Change own password' }).click();
  const dialog = page.getByRole('dialog');
  const [before, after] = [dialog.getByRole('textbox', { name: 'Password now' }), dialog.getByRole('textbox', { name: 'New password' })];
  await before.fill('not this one');
  await after.fill('another long password');
  await dialog.getByRole('button', { name: 'Change the password' }).click();
  await expect(dialog.getByText('Not the password of this account')).toBeVisible();
  await expectAccessible(page, 'the own password');
  await before.fill(viewer.password);
  await after.fill('short');
  await dialog.getByRole('button', { name: 'Change the password' }).click();
  await expect(dialog.getByText('At least 10 characters')).toBeVisible();
  await after.fill('another long password');
  await dialog.getByRole('button', { name: 'Change the password' }).click();
  await expect(dialog.getByText('The password is changed.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();

  await expect(elsewhere).toHaveURL(/\/login/);
  await login.signIn(viewer.name, viewer.password);
  await expect(login.refusal).toContainText('Account or password is wrong.');
  await login.signIn(viewer.name, 'another long password');
  await expect(elsewhere).not.toHaveURL(/login/);
  await page.reload();
  await expect(page).toHaveURL('/');
});
