import { expect, test } from '../fixtures';
import { ADMIN, type Server, startServer } from '../world/server.mjs';

let fresh: Server;
test.beforeAll(async () => {
  fresh = await startServer();
});
test.afterAll(async () => {
  expect(await fresh.remove(), 'processes left behind').toBe(0);
});

test('a newcomer makes the first account with the printed code, logs out, and logs in again', async ({ page, expectedErrors }) => {
  expectedErrors.push(/401|403|status of 4/);
  await page.goto(fresh.url);
  await expect(page).toHaveURL(`${fresh.url}/first-run`);

  await page.getByLabel(/code/i).fill('AAAA-BBBB-CCCC');
  await page.locator('[name=username]').fill(ADMIN.name);
  await page.locator('[name=password]').fill(ADMIN.password);
  await page.locator('form button[type=submit]').click();
  await expect(page.getByLabel(/code/i)).toHaveAttribute('aria-invalid', 'true');
  await expect(page).toHaveURL(`${fresh.url}/first-run`);

  await page.getByLabel(/code/i).fill(fresh.code() ?? '');
  await page.locator('form button[type=submit]').click();
  await expect(page).toHaveURL(`${fresh.url}/`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

  await page.context().clearCookies();
  await page.goto(`${fresh.url}/settings`);
  await expect(page).toHaveURL(/\/login/);
  await page.locator('[name=username]').fill(ADMIN.name);
  await page.locator('[name=password]').fill(ADMIN.password);
  await page.locator('form button[type=submit]').click();
  await expect(page).toHaveURL(`${fresh.url}/settings`);
});
