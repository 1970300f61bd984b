/**
 * From one Controller to a pair that JOC Cockpit follows, on a real Docker Engine with an emulated JOC Cockpit in a container, all through the browser:
 * create the Secondary, see it cold and fenced, register, switch over, and JOC is at the other one; by its name, then back again by an update.
 */
import { makePair, type Pair } from '../../docker/controllers';
import { startEngine, type TestEngine } from '../../docker/dockerd';
import { type JocContainer, makeJoc } from '../../docker/joc';
import { expect, testOnOwnServer } from '../../fixtures';
import { expectAccessible } from '../../pages/accessible';
import { ClusterPage } from '../../pages/cluster';
import { PreparePage } from '../../pages/prepare';
import { RegistrationPage } from '../../pages/registration';
import { SetUpPage } from '../../pages/set-up';
import { must } from '../../world/api';
import { until } from '../../world/server.mjs';

const NETWORK = 'js7-mill';
/** One engine with a Primary that works, and JOC Cockpit beside it; they live as long as the tests of this file. */
const test = testOnOwnServer({ HANDOVER_REHEARSAL: 'off' }).extend<object, { engine: TestEngine; pair: Pair; joc: JocContainer }>({
  engine: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern here
    async ({}, use) => {
      const engine = await startEngine({ name: 'setting-up' });
      await use(engine);
      await engine.remove();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  pair: [
    async ({ engine }, use) => {
      const pair = await makePair(engine, 'mill', { network: NETWORK });
      // There is only the Primary: its Secondary is what the wizard makes.
      pair.docker('rm', pair.secondary);
      pair.docker('volume', 'rm', `${pair.secondary}-var`);
      await use(pair);
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  joc: [
    async ({ engine, pair: _ }, use) => use(await makeJoc(engine, 'mill', { network: NETWORK })),
    { scope: 'worker', timeout: 120_000 },
  ],
});
test.describe.configure({ mode: 'serial' });
test.setTimeout(300_000);

/** Which Controller JOC itself says that it uses. */
async function urlAtJoc(joc: JocContainer): Promise<string> {
  const { json } = await joc.call('controllers/p', {});
  return JSON.stringify(json);
}
const state = (pair: Pair, name: string): string => pair.docker('inspect', '-f', '{{.State.Status}}', name);

test('the Secondary is created from the Primary, and is seen cold and fenced', async ({
  admin: page,
  server,
  cookie,
  engine,
  pair,
  joc,
}) => {
  const { id: engineId } = await must<{ id: string }>(server, cookie, 'POST', '/api/engines', {
    name: 'host-a',
    address: { kind: 'socket', path: engine.socket },
  });
  const port = pair.docker('port', pair.primary, '4444').split(':').at(-1) ?? '';
  await until('the Primary answers', async () => (await fetch(`http://127.0.0.1:${port}/controller/api`).catch(() => undefined))?.ok);
  await must(server, cookie, 'POST', '/api/clusters', {
    name: 'mill',
    primary: { engineId, name: pair.primary, access: { url: `http://127.0.0.1:${port}` } },
  });
  await must(server, cookie, 'POST', '/api/jocs', { name: 'joc-mill', url: joc.url, user: joc.user, password: joc.password });

  const cluster = await new ClusterPage(page).open('mill');
  await expect(page.getByText('Single Controller, no Secondary yet')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('link', { name: 'Create the Secondary' }).first().click();
  const wizard = new SetUpPage(page);
  await expect(wizard.says(`Ready to create ${pair.secondary} on host-a`)).toBeVisible({ timeout: 60_000 });
  await expect(wizard.row('image')).toHaveAttribute('data-compared', 'same');
  await expectAccessible(page, 'the wizard on a real engine');
  await wizard.begin('Create the Secondary');
  await wizard.done();
  expect(state(pair, pair.secondary)).toBe('created');
  expect(pair.docker('inspect', '-f', '{{.HostConfig.RestartPolicy.Name}}', pair.secondary)).toBe('no');
  await page.getByRole('link', { name: 'See it in the picture' }).click();
  await cluster.expectWell();
  await expect(cluster.card('Secondary').getByText('cold', { exact: true })).toBeVisible();
  await expect(cluster.says('Secondary', 'On disk')).toContainText('is-backup = yes');
});

test('registered by a stable name: JOC Cockpit is operational, and follows a switch-over', async ({ admin: page, pair, joc }) => {
  const registration = await new RegistrationPage(page).open('mill');
  await registration.expectVerdict(/^Ready to register/, 60_000);
  await registration.send('A new pair');
  await new ClusterPage(page).open('mill');
  await expect(page.getByRole('region', { name: 'JOC Cockpit' })).toContainText('operational', { timeout: 30_000 });

  await (await new PreparePage(page).open('mill')).start({ active: pair.primary, to: 'Secondary', reason: 'Followed by its name' });
  await expect(page.getByRole('heading', { name: 'Done: the Secondary is active, and nothing was lost.' })).toBeVisible({
    timeout: 180_000,
  });
  await registration.open('mill');
  await registration.expectVerdict(/^Registered with JOC Cockpit .*, and it follows the Secondary\.$/, 90_000);
  expect(state(pair, pair.secondary)).toBe('running');
  expect(await urlAtJoc(joc)).toContain('mill-live');
  await registration.unregister('mill');
});

test('registered by an update of the URL: JOC Cockpit follows back again', async ({ admin: page, pair, joc }) => {
  const registration = await new RegistrationPage(page).open('mill');
  await registration.expectVerdict(/^Ready to register/, 60_000);
  await registration.way('Update at the switch-over');
  await registration.send('Updated at each switch-over');
  expect(await urlAtJoc(joc)).toContain(pair.secondary);
  await (await new PreparePage(page).open('mill')).start({ active: pair.secondary, to: 'Primary', reason: 'Followed by an update' });
  await expect(page.getByRole('heading', { name: 'Done: the Primary is active, and nothing was lost.' })).toBeVisible({ timeout: 180_000 });
  await registration.open('mill');
  await registration.expectVerdict(/^Registered with JOC Cockpit .*, and it follows the Primary\.$/, 90_000);
  expect(await urlAtJoc(joc)).toContain(pair.primary);
});
