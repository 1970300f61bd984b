/** Registering with JOC Cockpit through the browser, on the rehearsal world: in both ways, followed through a switch-over, with what is refused. */
import type { JocAnswer } from '../../lib/contract/joc';
import { expect, testOnOwnServer } from '../fixtures';
import { expectAccessible } from '../pages/accessible';
import { ClusterPage } from '../pages/cluster';
import { PreparePage } from '../pages/prepare';
import { RegistrationPage } from '../pages/registration';
import { must } from '../world/api';

const test = testOnOwnServer();
test.setTimeout(240_000);
test.beforeEach(async ({ undone: _ }) => {});

const DONE = { name: 'Done: the Secondary is active, and nothing was lost.' };

test('by a stable name: registered, seen in the picture, followed through a switch-over, unregistered', async ({ admin: page }) => {
  const registration = await new RegistrationPage(page).open();
  await registration.expectVerdict(/^Ready to register: JOC Cockpit will use the name demo-live\.$/);
  await expect(page.getByText('JOC Cockpit has no licence: it refuses two Controllers (JOC-444).')).toBeVisible();
  await expect(page.getByText('As wanted: the name leads nowhere')).toBeVisible();
  await expectAccessible(page, 'the registration form');

  await test.step('the name is given to a running container only with a person’s word', async () => {
    await registration.submit.click();
    await expect(page.getByRole('checkbox', { name: /may be cut off/ })).toBeFocused();
    await expect(page.getByText(/^The name can be given only if/)).toBeVisible();
  });
  await registration.send('A new pair');
  await expect(registration.drift).toContainText('the same');
  await expect(registration.drift).not.toContainText('differs');
  await expectAccessible(page, 'a registered cluster');

  const cluster = await new ClusterPage(page).open();
  const joc = page.getByRole('region', { name: 'JOC Cockpit' });
  await expect(joc).toContainText('operational');
  await expect(page.locator('.joc-tie-primary')).toHaveText('established');
  await expect(page.locator('.joc-tie-secondary')).toHaveText('not registered');
  await expect(cluster.card('Primary')).toContainText('follows this Controller');
  await expectAccessible(page, 'a cluster with JOC Cockpit');

  await (await new PreparePage(page).open()).start({ active: 'js7-demo-primary', to: 'Secondary', reason: 'Followed by JOC' });
  await expect(page.getByRole('heading', DONE)).toBeVisible({ timeout: 120_000 });
  await registration.open();
  await registration.expectVerdict(/^Registered with JOC Cockpit .*, and it follows the Secondary\.$/, 90_000);
  await expect(registration.drift).toContainText('leads to the Secondary, which works');

  await registration.unregister();
  await expect(page.locator('#verdict')).toHaveText(/^Ready to register/, { timeout: 30_000 });
  await cluster.open();
  await expect(joc).toContainText('not registered');
});

test('by an update of the URL: JOC follows to the other one', async ({ admin: page }) => {
  const registration = await new RegistrationPage(page).open();
  await registration.way('Update at the switch-over');
  await expect(registration.url('Primary Controller')).toHaveValue('http://js7-demo-primary:4444');
  await registration.send('Updated at each switch-over');
  await expect(page.getByRole('region', { name: 'Registration', exact: true })).toContainText('Update at the switch-over');
  await (await new PreparePage(page).open()).start({ active: 'js7-demo-primary', to: 'Secondary', reason: 'Followed by an update' });
  await expect(page.getByRole('heading', DONE)).toBeVisible({ timeout: 120_000 });
  await registration.open();
  await registration.expectVerdict(/^Registered with JOC Cockpit .*, and it follows the Secondary\.$/, 60_000);
  await expect(page.getByRole('region', { name: 'Registration', exact: true })).toContainText('http://js7-demo-secondary:4444');
});

test('JOC Cockpit is down during a switch-over: the run ends well, says what is left, and one click finishes it', async ({
  admin: page,
  server,
  cookie,
}) => {
  const stopJoc = (on: boolean) => must(server, cookie, 'POST', '/api/rehearsal/faults/stop-joc', { on });
  const registration = await new RegistrationPage(page).open();
  await registration.way('Update at the switch-over');
  await registration.send('Updated at each switch-over');
  await stopJoc(true);
  await (await new PreparePage(page).open()).start({ active: 'js7-demo-primary', to: 'Secondary', reason: 'While JOC is down' });
  await expect(page.getByRole('heading', { name: /^Done: the Secondary is active/ })).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText('One thing is left: JOC Cockpit')).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page, 'a report with something left');
  await stopJoc(false);
  const cluster = await new ClusterPage(page).open();
  await expect(cluster.verdict('JOC Cockpit does not follow the Secondary.')).toBeVisible({ timeout: 60_000 });
  await expect(cluster.card('Secondary')).toContainText('the registered URL leads to the other one');
  await page.getByRole('button', { name: 'Let JOC Cockpit follow' }).first().click();
  await expect(cluster.verdict('All well: the Secondary is active')).toBeVisible({ timeout: 60_000 });
});

test('a URL that JOC cannot reach is explained, and the right one is a click away', async ({ admin: page }) => {
  const registration = await new RegistrationPage(page).open();
  await registration.expectVerdict(/^Ready/);
  await registration.way('Name kept outside');
  await registration.url('Controller').fill('http://localhost:4444');
  await page.getByRole('button', { name: /^Test Connection/ }).click();
  await registration.expectVerdict('Not ready to register: JOC Cockpit cannot reach the Controller under its URL.');
  await expect(page.getByText('Why JOC Cockpit can’t reach it')).toBeVisible();
  await expect(page.getByText(/there localhost is that container itself/)).toBeVisible();
  await expect(registration.submit).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(page, 'a URL that does not work');
  await page.getByRole('button', { name: 'Go to the field' }).click();
  await expect(registration.url('Controller')).toBeFocused();
  await page.getByRole('button', { name: 'Use http://js7-demo-primary:4444' }).click();
  await registration.expectVerdict(/^Ready to register/);
  await expect(registration.url('Controller')).toHaveValue('http://js7-demo-primary:4444');
});

test('JOC Cockpit is silent, or the account may not: said first, and nothing can be sent', async ({ admin: page, server, cookie }) => {
  const registration = await new RegistrationPage(page).open();
  await registration.expectVerdict(/^Ready/);
  const [joc] = (await must<{ data: JocAnswer[] }>(server, cookie, 'GET', '/api/jocs')).data;
  if (!joc) throw new Error('The rehearsal has no JOC Cockpit');
  const { id, name, url } = joc;

  await test.step('an account that may look only', async () => {
    await page.getByRole('button', { name: 'Change the connection' }).click();
    await page.getByRole('textbox', { name: 'Account' }).fill('viewer');
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(page.getByText('JOC Cockpit cannot be used like this')).toBeVisible({ timeout: 30_000 });
    await page.getByLabel('Password', { exact: true }).fill('viewer');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(page.getByText(/Account viewer may not manage Controllers/)).toBeVisible({ timeout: 30_000 });
    await expectAccessible(page, 'the form of a JOC Cockpit');
    await page.getByRole('button', { name: 'Save' }).click();
    await registration.expectVerdict('Not ready to register: account viewer may not manage Controllers.');
    await expect(registration.submit).toBeHidden();
    await must(server, cookie, 'PATCH', `/api/jocs/${id}`, { name, url, user: 'root', password: 'root' });
  });

  await test.step('silent', async () => {
    await must(server, cookie, 'POST', '/api/rehearsal/faults/stop-joc', { on: true });
    await registration.open();
    await registration.expectVerdict(/^Unknown: JOC Cockpit .* does not answer\.$/);
    await expect(registration.submit).toBeHidden();
    await expectAccessible(page, 'a silent JOC Cockpit');
    await must(server, cookie, 'POST', '/api/rehearsal/faults/stop-joc', { on: false });
    await registration.expectVerdict(/^Ready/, 60_000);
  });
});

test('the form by keyboard alone', async ({ admin: page }) => {
  const registration = await new RegistrationPage(page).open();
  await registration.expectVerdict(/^Ready/);
  const to = async (name: RegExp | string, role: 'radio' | 'textbox' | 'checkbox' | 'button') => {
    for (let i = 0; i < 80; i++) {
      if (await page.getByRole(role, { name }).evaluate((control) => control === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab never reached ${name}`);
  };
  await page.locator('#main').focus();
  await to(/^Stable name/, 'radio');
  // An arrow goes to the next way, and back.
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: /^Name kept outside/ })).toBeChecked();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('radio', { name: /^Stable name/ })).toBeChecked();
  await to('Caption', 'textbox');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('DEMO CONTROLLER');
  await to(/may be cut off/, 'checkbox');
  await page.keyboard.press('Space');
  await to('Reason', 'textbox');
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Enter');
  await registration.expectVerdict(/^Registered with JOC Cockpit/, 60_000);
  await expect(page.locator('[tabindex="-1"]:focus #verdict')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Registration', exact: true })).toContainText('DEMO CONTROLLER');
});
