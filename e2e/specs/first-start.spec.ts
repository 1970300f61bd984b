import { expect, test } from '../fixtures';
import { expectAccessible } from '../pages/accessible';
import { LoginPage } from '../pages/login';
import { open } from '../pages/open';
import { ADMIN, type Server, startServer } from '../world/server.mjs';

let fresh: Server;
test.beforeAll(async () => {
  fresh = await startServer();
});
test.afterAll(async () => {
  expect(await fresh.remove(), 'processes left behind').toBe(0);
});

test('a newcomer makes the first account with the printed code, logs out, and logs in again', async ({ page, expectedErrors }) => {
  expectedErrors.push(/status of 40[013]/);
  await open(page, fresh.url);
  await expect(page).toHaveURL(`${fresh.url}/first-run`);
  await expectAccessible(page, 'first-run');
  const code = page.getByLabel('One-time code');
  const account = page.getByLabel('Account');
  const password = page.getByRole('textbox', { name: 'Password' });
  const send = page.getByRole('button', { name: 'Create the account and sign in' });

  await test.step('a wrong code is refused', async () => {
    await code.fill('AAAA-BBBB-CCCC');
    await account.fill(ADMIN.name);
    await password.fill(ADMIN.password);
    await send.click();
    await expect(code).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByText('Not the code from the console')).toBeVisible();
    await expectAccessible(page, 'first-run with a wrong code');
  });
  await test.step('a weak password is refused', async () => {
    await code.fill(fresh.code() ?? '');
    await password.fill('short');
    await send.click();
    await expect(password).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByText('At least 10 characters')).toBeVisible();
    await expect(page).toHaveURL(`${fresh.url}/first-run`);
  });
  await password.fill(ADMIN.password);
  await send.click();
  // The demo's only cluster.
  await expect(page).toHaveURL(`${fresh.url}/clusters/demo`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

  await test.step('the page is gone, and the code with it', async () => {
    await page.goto(`${fresh.url}/first-run`);
    await expect(page).not.toHaveURL(/first-run/);
    const again = await page.request.post(`${fresh.url}/api/first-run`, { data: { code: fresh.code(), ...ADMIN } });
    expect(again.status()).toBe(409);
  });

  await page.context().clearCookies();
  const login = await new LoginPage(page).open(`${fresh.url}/settings`);
  await expect(page).toHaveURL(/\/login/);
  await login.signIn(ADMIN.name, ADMIN.password);
  await expect(page).toHaveURL(`${fresh.url}/settings`);
});
