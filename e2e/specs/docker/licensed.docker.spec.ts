/** A licensed pair on a real Docker Engine: added, registered with JOC Cockpit as a cluster, coupled, unregistered. One story, told in order. */
import { makePair, type Pair } from '../../docker/controllers';
import { startEngine, type TestEngine } from '../../docker/dockerd';
import { type JocContainer, makeJoc } from '../../docker/joc';
import { expect, testOnOwnServer } from '../../fixtures';
import { expectAccessible } from '../../pages/accessible';
import { ClusterPage } from '../../pages/cluster';
import { ClusterForm } from '../../pages/cluster-form';
import { RegistrationPage } from '../../pages/registration';
import { must } from '../../world/api';

interface Made {
  readonly engine: TestEngine;
  readonly pair: Pair;
  readonly joc: JocContainer;
}
const NETWORK = 'bank';
const test = testOnOwnServer({ HANDOVER_REHEARSAL: 'off' }).extend<object, { made: Made }>({
  made: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern here
    async ({}, use) => {
      const engine = await startEngine({ name: 'licensed' });
      try {
        const pair = await makePair(engine, 'bank', { network: NETWORK, licensed: true });
        await use({ engine, pair, joc: await makeJoc(engine, 'bank', { network: NETWORK, licensed: true }) });
      } finally {
        await engine.remove();
      }
    },
    { scope: 'worker', timeout: 150_000 },
  ],
});
test.describe.configure({ mode: 'serial' });

test('both run, and neither knows the other one: added as they are found', async ({ admin: page, server, cookie, made }) => {
  const address = { kind: 'socket', path: made.engine.socket };
  await must(server, cookie, 'POST', '/api/engines', { name: 'host-a', address });
  await page.goto('/');
  await page.getByRole('link', { name: 'Add bank' }).click();
  const form = new ClusterForm(page);
  await expect(form.use(made.pair.primary)).toHaveValue('primary');
  await expect(form.use(made.pair.secondary)).toHaveValue('secondary');
  await form.save();
  await expect(page).toHaveURL('/clusters/bank');
  await expect(new ClusterPage(page).card('Primary').getByText('active', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
});

test('JOC Cockpit is connected, both URLs are tested from everywhere, and only with a person’s word both are registered: they couple', async ({
  admin: page,
  made: { pair, joc },
}) => {
  const registration = await new RegistrationPage(page).open('bank');
  await registration.expectVerdict('No JOC Cockpit is connected.');
  const connection = page.getByRole('region', { name: 'Connection to JOC Cockpit' });
  await connection.getByRole('textbox', { name: 'JOC Cockpit URL' }).fill(joc.url);
  await connection.getByRole('textbox', { name: 'Name', exact: true }).fill('joc');
  await connection.getByRole('textbox', { name: 'Account' }).fill(joc.user);
  await connection.getByLabel('Password', { exact: true }).fill(joc.password);
  await connection.getByRole('button', { name: 'Add a JOC Cockpit' }).click();

  await test.step('the type is a person’s choice: that JOC has a licence says nothing of the Controllers', async () => {
    const cluster = page.getByRole('radio', { name: /^Cluster/ });
    await expect(cluster).not.toBeChecked({ timeout: 30_000 });
    await cluster.check();
    await expect(page.getByText('Whether both Controllers have one is not known', { exact: false })).toBeVisible();
    await expect(registration.url('Primary Controller')).toHaveValue(`http://${pair.primary}:4444`);
    await expect(registration.url('Secondary Controller')).toHaveValue(`http://${pair.secondary}:4444`);
  });
  const secondary = page.getByRole('region', { name: 'Secondary Controller' });
  await test.step('an address that only leads to the Controller from its own container: JOC and the other Controller say so', async () => {
    await registration.url('Secondary Controller').fill(`http://${pair.secondary}:4499`);
    await secondary.getByRole('button', { name: /^Test Connection/ }).click();
    await expect(secondary.getByRole('listitem').filter({ hasText: 'As the Primary' })).toContainText('no connection comes about', {
      timeout: 30_000,
    });
    await expect(registration.submit).toHaveAttribute('aria-disabled', 'true');
    await expectAccessible(page, 'a cluster whose URL does not work');
    await registration.url('Secondary Controller').fill(`http://${pair.secondary}:4444`);
  });
  await test.step('tested from JOC and from the other Controller’s own network', async () => {
    for (const [slot, other] of [
      ['Primary', 'Secondary'],
      ['Secondary', 'Primary'],
    ] as const) {
      const card = page.getByRole('region', { name: `${slot} Controller` });
      await card.getByRole('button', { name: /^Test Connection/ }).click();
      await expect(card.getByRole('listitem').filter({ hasText: `As the ${other}: works` })).toContainText('A Controller answers', {
        timeout: 30_000,
      });
      await expect(card.getByRole('listitem').filter({ hasText: 'As JOC sees it: works' })).toBeVisible();
    }
    await registration.expectVerdict('Ready to register with JOC Cockpit joc.');
    await expectAccessible(page, 'the form of a cluster');
  });
  await registration.reason.fill('A licensed pair');
  await registration.submit.click();
  const word = page.getByRole('checkbox', { name: 'Both Controllers have a cluster licence' });
  await expect(word).toBeFocused();
  await word.check();
  await registration.submit.click();
  await registration.expectVerdict('Registered with JOC Cockpit joc as a cluster.', 90_000);
});

test('the picture shows that they are coupled, and that JOC sees both', async ({ admin: page }) => {
  const cluster = await new ClusterPage(page).open('bank');
  await expect(cluster.verdict('All well: the Primary is active, the Secondary is standby and coupled.')).toBeVisible({ timeout: 60_000 });
  await expect(cluster.guard).toContainText('Exactly one may be active: OK.');
  await expect(page.getByRole('region', { name: 'JOC Cockpit' })).toContainText('operational');
  for (const slot of ['primary', 'secondary']) await expect(page.locator(`.joc-tie-${slot}`)).toHaveText('established');
  await expectAccessible(page, 'a coupled cluster with JOC Cockpit');
});

test('unregistered: said before what a cluster loses by it; JOC knows it no more, the Controllers stay a cluster', async ({
  admin: page,
  made: { joc },
}) => {
  const registration = await new RegistrationPage(page).open('bank');
  await registration.expectVerdict('Registered with JOC Cockpit joc as a cluster.');
  await expectAccessible(page, 'a registered cluster of two');
  await page.getByRole('button', { name: 'Unregister bank' }).click();
  await expect(page.getByRole('dialog')).toContainText('without a ClusterWatch there is no fail-over');
  await expectAccessible(page, 'unregistering a cluster');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await registration.unregister('bank');
  await expect(page.locator('#verdict')).toHaveText(/^Ready to register/, { timeout: 60_000 });
  expect((await joc.call('controllers')).json).toMatchObject({ controllers: [] });
  const cluster = await new ClusterPage(page).open('bank');
  await expect(page.getByRole('region', { name: 'JOC Cockpit' })).toContainText('not registered');
  await expect(cluster.card('Primary').getByText('active', { exact: true }).first()).toBeVisible();
  await expect(cluster.card('Secondary').getByText('standby', { exact: true }).first()).toBeVisible();
});
