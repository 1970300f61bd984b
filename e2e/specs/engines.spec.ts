import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '../fixtures';
import { expectAccessible } from '../pages/accessible';
import { SettingsPage } from '../pages/settings';

/** Something that answers in HTTP and is no Docker Engine. */
let website: HttpServer;
test.beforeAll(async () => {
  website = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<!doctype html><p>It works!</p>'));
  await new Promise<void>((done) => website.listen(0, '127.0.0.1', done));
});
test.afterAll(() => new Promise((done) => website.close(done)));

test('an engine is tested in its form, saved, shown as it is, changed and removed', async ({ admin: page, expectedErrors }) => {
  expectedErrors.push(/status of 400/, /status of 409/);
  const settings = await new SettingsPage(page).open();
  const { engines } = settings;
  await engines.getByRole('button', { name: 'Add an engine' }).click();
  const form = engines.locator('form');
  const problem = form.getByRole('alert');
  await form.getByLabel('Name').fill('nowhere');
  await form.getByRole('textbox', { name: 'Socket' }).fill('/nowhere/docker.sock');

  await test.step('a socket that does not exist', async () => {
    await settings.press(form, 'Test');
    await expect(problem).toContainText('Not reached');
    await expect(problem).toContainText('there is no such socket.');
    await expect(problem).toContainText('Check the path and whether Docker runs.');
    await expectAccessible(page, 'the form of an engine');
  });
  await test.step('a relative path', async () => {
    await form.getByRole('textbox', { name: 'Socket' }).fill('docker.sock');
    await settings.press(form, 'Test');
    await expect(form.getByText('An absolute path such as /var/run/docker.sock')).toBeVisible();
  });
  await test.step('a web server', async () => {
    await form.getByRole('radio', { name: /^Plain TCP/ }).check();
    await expect(form.getByText('Whoever reaches that port is root on its host.')).toBeVisible();
    await form.getByRole('textbox', { name: 'Host' }).fill('127.0.0.1');
    await form.getByRole('textbox', { name: 'Port' }).fill(String((website.address() as AddressInfo).port));
    await settings.press(form, 'Test');
    await expect(problem).toContainText('Not reached');
    await problem.getByText('Code and details').click();
    await expect(problem).toContainText('ENGINE_NOT_DOCKER');
  });
  await form.getByRole('radio', { name: /^Socket/ }).check();
  await form.getByRole('textbox', { name: 'Socket' }).fill('/nowhere/docker.sock');
  await settings.press(form, 'Add an engine');
  const row = settings.row('/nowhere/docker.sock');
  await expect(row).toContainText('no answer');
  await expect(row).toContainText('there is no such socket.');
  await expect(page.getByRole('heading', { name: 'One engine does not answer.' })).toBeVisible();
  await expectAccessible(page, 'the settings with a silent engine');

  await test.step('a name that is taken', async () => {
    await engines.getByRole('button', { name: 'Add an engine' }).click();
    await form.getByLabel('Name').fill('Nowhere');
    await settings.press(form, 'Add an engine');
    await expect(form.getByLabel('Name')).toHaveAttribute('aria-invalid', 'true');
    await expect(form.getByText(/already|taken/i)).toBeVisible();
    await form.getByRole('button', { name: 'Cancel' }).click();
  });
  await row.getByRole('button', { name: 'Edit nowhere' }).click();
  await form.getByLabel('Name').fill('elsewhere');
  await form.getByRole('textbox', { name: 'Socket' }).fill('/elsewhere/docker.sock');
  await settings.press(form, 'Save');
  await expect(settings.row('elsewhere')).toContainText('/elsewhere/docker.sock');
  await settings.remove('elsewhere');
  await expect(page.getByRole('heading', { name: 'One engine does not answer.' })).toBeHidden();
});

test('what the rehearsal brings cannot be taken away, and says by whom it is used', async ({ admin: page }) => {
  const settings = await new SettingsPage(page).open();
  await expect(settings.row('docker-a')).toContainText('answers');
  await expect(settings.row('docker-a')).toContainText('demo');
  await expect(settings.row('docker-a').getByRole('button')).toHaveCount(0);
});
