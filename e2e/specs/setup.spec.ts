/** A cluster is added, changed and removed; all that can be wrong with what a person enters. On a server of its own, with the demo's containers. */
import { execFileSync } from 'node:child_process';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { freePort, World } from '../emulators/shared/test-world';
import { expect, testOnOwnServer } from '../fixtures';
import { expectAccessible } from '../pages/accessible';
import { ClusterPage } from '../pages/cluster';
import { ClusterForm } from '../pages/cluster-form';
import { open } from '../pages/open';

const [PRIMARY, SECONDARY] = ['js7-demo-primary', 'js7-demo-secondary'];
const test = testOnOwnServer();
const world = new World();
let website: HttpServer;

test.describe.configure({ mode: 'serial' });
test.setTimeout(90_000);
test.beforeAll(async ({ server, cookie }) => {
  await server.settled(cookie);
  website = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<!doctype html><p>It works!</p>'));
  await new Promise<void>((done) => website.listen(0, '127.0.0.1', done));
});
test.afterAll(async () => {
  await world.end();
  await new Promise((done) => website.close(done));
});

test('a cluster is removed: nothing outside is touched, and its containers are found again', async ({ admin: page }) => {
  await new ClusterForm(page).open('demo');
  await page.getByRole('button', { name: 'Remove demo' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Nothing outside is touched');
  await dialog.getByRole('button', { name: 'Remove demo' }).click();
  await expect(page).toHaveURL('/');
  await expect(
    page.getByRole('heading', { name: 'No cluster yet. Two Controller containers were found here: they look like a pair.' }),
  ).toBeVisible();
  await expect(page.getByText('Both carry Controller ID demo.')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: PRIMARY })).toContainText('running');
  await expect(page.getByRole('row').filter({ hasText: SECONDARY })).toContainText(/exited|created/);
  await expectAccessible(page, 'no cluster, but a pair');
});

test('the pair that was found is proposed, tested and saved', async ({ admin: page }) => {
  await open(page, '/');
  await page.getByRole('link', { name: 'Add demo' }).click();
  const form = new ClusterForm(page);
  await expect(form.use(PRIMARY)).toHaveValue('primary');
  await expect(form.use(SECONDARY)).toHaveValue('secondary');
  await expect(form.name).toHaveValue('demo');
  await expect(form.found(PRIMARY)).toContainText('An emulated Controller: nothing real runs in it.');
  await expect(form.primaryUrl).toHaveValue(/^http:\/\/127\.0\.0\.1:\d+$/);
  await form.test();
  await expect(form.checks.getByRole('status')).toContainText(', 0 blocked, 0 unknown');
  await expect(form.check('Primary: It is this Controller')).toContainText('It calls itself demo, as its container was told.');
  await expect(form.check('Secondary: The Controller answers')).toContainText('Its container is stopped, so nothing answers');
  await expectAccessible(page, 'a tested cluster');
  await form.save();
  await expect(page).toHaveURL(/\/clusters\/[a-z0-9-]+$/);
  await new ClusterPage(page).expectWell();
});

test('containers that a cluster has cannot be chosen again, and the form says what is missing', async ({ admin: page }) => {
  const form = await new ClusterForm(page).open();
  await expect(form.found(PRIMARY)).toContainText('in cluster demo');
  await expect(form.found(SECONDARY)).toContainText('in cluster demo');
  await expect(page.getByText('Choose the container of the Primary first')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save and watch' })).toHaveAttribute('aria-disabled', 'true');
});

test.describe('what is entered is wrong', () => {
  const edit = async (page: Page) => {
    const form = await new ClusterForm(page).open('demo');
    await expect(form.primaryUrl).not.toHaveValue('');
    await expect(form.use(PRIMARY)).toHaveValue('primary');
    return form;
  };
  const conf = (users: string) => `js7.web.server.auth.public = false\njs7.auth.users { ${users} }\n`;

  test('an address with a path, or none', async ({ admin: page, expectedErrors }) => {
    expectedErrors.push(/status of 400/);
    const form = await edit(page);
    await form.primaryUrl.fill('http://127.0.0.1:4444/controller/api');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(form.primaryUrl).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByText('An address such as http://host:4444, without a path').first()).toBeVisible();
    await form.primaryUrl.fill('127.0.0.1');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(form.primaryUrl).toHaveAttribute('aria-invalid', 'true');
  });

  test('a web server, nobody at all, and the same address twice', async ({ admin: page }) => {
    const form = await edit(page);
    const answers = form.check('Primary: The Controller answers');
    const good = await form.primaryUrl.inputValue();
    await form.primaryUrl.fill(`http://127.0.0.1:${(website.address() as AddressInfo).port}`);
    await form.test();
    await expect(answers).toContainText('blocked');
    await expect(answers).toContainText('answers with a web page');
    await expectAccessible(page, 'a blocked check');

    await form.primaryUrl.fill(`http://127.0.0.1:${await freePort()}`);
    await form.test();
    await expect(answers).toContainText('blocked');
    await expect(answers).not.toContainText('undefined');

    await form.primaryUrl.fill(good);
    await form.secondaryUrl.fill(good);
    await form.test();
    await expect(form.checks).toContainText(/Both have the same address|that is another one/);
    await expect(form.checks.getByRole('status')).not.toContainText(', 0 blocked');
  });

  test('another Controller: it cannot be saved', async ({ admin: page, expectedErrors }) => {
    expectedErrors.push(/status of 409/);
    const other = await world.controller({ args: ['--id=another'] });
    await (await other.start().answers()).ready();
    const form = await edit(page);
    await form.primaryUrl.fill(other.url);
    await form.test();
    await expect(form.check('Primary: It is this Controller')).toContainText('It calls itself another, but the container was told demo.');
    await form.save();
    await expect(form.failure).toContainText('It cannot be saved like this.');
    await other.kill();
  });

  test('HTTP at an HTTPS port', async ({ admin: page }) => {
    const keys = world.folder;
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: keys, stdio: 'ignore' });
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-keyout', 's.key', '-out', 's.crt');
    openssl('pkcs12', '-export', '-inkey', 's.key', '-in', 's.crt', '-out', 's.p12', '-passout', 'pass:jobscheduler');
    const port = await freePort();
    const https = await world.controller({
      conf: `js7.web.server.auth.public = true\njs7.web.https.keystore { file = "${join(keys, 's.p12')}", store-password = "jobscheduler", key-password = "jobscheduler" }\n`,
      args: ['--id=demo', `--https-port=127.0.0.1:${port}`],
    });
    await https.start().answers();
    const form = await edit(page);
    const answers = form.check('Primary: The Controller answers');
    await form.primaryUrl.fill(`http://127.0.0.1:${port}`);
    await form.test();
    await expect(answers).toContainText('blocked');
    await expect(answers).toContainText(/https/i);
    await form.primaryUrl.fill(`https://127.0.0.1:${port}`);
    await form.test();
    await expect(answers).toContainText('blocked');
    await expect(answers).toContainText(/certificate/i);
    await https.kill();
  });

  test('a wrong password is tried once, and named', async ({ admin: page }) => {
    const guarded = await world.controller({ conf: conf('handover = "plain:right"'), args: ['--id=demo'] });
    await guarded.start().answers();
    const form = await edit(page);
    await form.primaryUrl.fill(guarded.url);
    await page
      .getByRole('radio', { name: /^Account/ })
      .first()
      .check();
    await page.getByLabel('Account at the Controller').first().fill('handover');
    const password = page.getByRole('textbox', { name: 'Password' }).first();
    await password.fill('wrong');
    await form.test();
    await expect(form.check('Primary: Access is accepted')).toContainText('blocked');
    await password.fill('right');
    await form.test();
    await expect(form.check('Primary: Access is accepted')).toContainText('The account was accepted.');
    await guarded.kill();
  });
});

test('a cluster is renamed, loses its Secondary and gets it back', async ({ admin: page }) => {
  const form = await new ClusterForm(page).open('demo');
  await expect(form.use(SECONDARY)).toHaveValue('secondary');
  await form.name.fill('the pair of Mönchengladbach & Söhne');
  await form.use(SECONDARY).selectOption('none');
  await expect(page.getByText('No Secondary yet: choose one above, or add it later.')).toBeVisible();
  await form.save();
  await expect(page).toHaveURL('/clusters/demo');
  await expect(page.getByRole('heading', { level: 1, name: 'the pair of Mönchengladbach & Söhne' })).toBeVisible();
  await expect(page.getByText('Single Controller, no Secondary yet')).toBeVisible();
  // The container that is left out still carries this Controller ID: the guard does not forget it.
  await expect(page.getByRole('heading', { name: `A third copy may exist: ${SECONDARY}.` })).toBeVisible();
  await expectAccessible(page, 'a single Controller');
  await page.getByRole('link', { name: 'Create the Secondary' }).first().click();
  await expect(page).toHaveURL('/clusters/demo/set-up');
  await form.open('demo');
  // The form begins with what was saved, not with what an earlier visit has left.
  await expect(form.name).toHaveValue('the pair of Mönchengladbach & Söhne');
  await form.use(SECONDARY).selectOption('secondary');
  await expect(form.secondaryUrl).toHaveValue(/^http/);
  await form.save();
  await expect(page).toHaveURL('/clusters/demo');
  await new ClusterPage(page).expectWell();
});

test('a name that another cluster has is refused beside its field', async ({ admin: page, expectedErrors }) => {
  expectedErrors.push(/status of 409/);
  const form = await new ClusterForm(page).open('demo');
  await form.use(SECONDARY).selectOption('none');
  await form.save();
  await expect(page).toHaveURL('/clusters/demo');
  await form.open();
  await form.use(SECONDARY).selectOption('primary');
  await form.name.fill('The Pair of Mönchengladbach & Söhne');
  await form.save();
  await expect(form.name).toHaveAttribute('aria-invalid', 'true');
  await expect(form.failure).toContainText('There is a cluster named');
});
