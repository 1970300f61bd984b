/** What an admin practises: stop, kill, split brain, a lost engine, a full disk. Each test begins and ends with the world as it was at first. */
import type { ClusterView } from '../../lib/contract/words';
import { expect, testOnOwnServer } from '../fixtures';
import { expectAccessible } from '../pages/accessible';
import { ClusterPage } from '../pages/cluster';
import { must } from '../world/api';

const NAMES = { primary: 'js7-demo-primary', secondary: 'js7-demo-secondary' };
/** Exercises that were done stay done: a world in which nobody else practises. */
const test = testOnOwnServer();
let cluster: ClusterPage;
test.setTimeout(120_000);
test.beforeEach(async ({ admin, undone: _ }) => {
  cluster = await new ClusterPage(admin).open();
  await cluster.expectWell();
});

test('the active one is stopped from its menu and started again: the page follows, and the exercise is done', async () => {
  await (await cluster.menu('Primary')).getByRole('menuitem', { name: 'Stop' }).click();
  await expect(cluster.dialog).toContainText(`Stop ${NAMES.primary}?`);
  await expect(cluster.dialog).toContainText('Nobody will work afterwards: the Secondary is a cold spare and does not take over.');
  await expectAccessible(cluster.page, 'the question before a stop');
  await cluster.dialog.getByRole('button', { name: 'Keep it running' }).click();
  await expect(cluster.dialog).toBeHidden();
  await expect(cluster.page.getByRole('button', { name: 'Actions for Primary Controller' })).toBeFocused();
  await expect(cluster.card('Primary').getByText('active', { exact: true }).first()).toBeVisible();

  await cluster.act('Primary', 'Stop');
  await expect(cluster.verdict(/^Nobody works: the Primary was stopped/)).toBeVisible();
  await expect(cluster.guard).toContainText('Exactly one may live: nobody does.');
  await expect(cluster.card('Primary').getByText('stopped', { exact: true }).first()).toBeVisible();
  await expect(cluster.says('Primary', 'Docker says')).toContainText('exited (0)');
  await expect(cluster.says('Primary', 'On disk')).toContainText('a proper stop');
  await expect(cluster.events).toContainText(`Stop of ${NAMES.primary} asked for by admin`);
  await expect(cluster.exercise('Stop the active one; start it again')).toContainText('now: start it again');
  await expectAccessible(cluster.page, 'nobody active');

  // The next step is the way out, with what a person would type instead.
  await expect(cluster.next).toContainText(`Next: Start ${NAMES.primary}`);
  await cluster.next.getByText('Do it by hand instead').click();
  await expect(cluster.next).toContainText(`docker start ${NAMES.primary}`);
  await cluster.page
    .locator('section[aria-labelledby=verdict]')
    .getByRole('button', { name: `Start ${NAMES.primary}` })
    .click();
  await cluster.confirm(`Start ${NAMES.primary}`);
  await cluster.expectWell();
  await expect(cluster.exercise('Stop the active one; start it again')).toContainText('down for');
});

test('killed, it is said to be killed; revived, all is well', async () => {
  await cluster.provoke('Kill the active one');
  await expect(cluster.verdict(/^Nobody works: the Primary was killed/)).toBeVisible();
  await expect(cluster.card('Primary').getByText('killed', { exact: true })).toBeVisible();
  await expect(cluster.says('Primary', 'Docker says')).toContainText('exited (137)');
  await expect(cluster.says('Primary', 'On disk')).toContainText('no proper stop');
  await expect(cluster.card('Primary')).toContainText('Its journal is whole; it has no proper end.');
  await cluster.end('Kill the active one');
  await cluster.expectWell();
  await expect(cluster.exercise('Kill the active one; bring it back')).toContainText('down for');
});

test('the fence holds when the cold spare is started behind our back', async () => {
  await cluster.provoke('Start the old one');
  await expect(cluster.card('Secondary').getByText('idle', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(cluster.verdict(/^Active, but the Secondary runs idle/)).toBeVisible();
  await expect(cluster.card('Primary').getByText('active', { exact: true }).first()).toBeVisible();
  await cluster.end('Start the old one');
  await cluster.expectWell();
  await expect(cluster.exercise('Start the cold spare; see why it does not work')).toContainText('the fence held');
});

test('split brain: the alarm says which one is wrong and why; stopping that one makes all well', async ({ server, cookie }) => {
  await cluster.provoke('Take the fence off');
  await expect(cluster.verdict('Active, but the Secondary would work too if someone started it.')).toBeVisible({ timeout: 20_000 });
  await expect(cluster.guard).not.toContainText('OK.');

  // Who was there first is told by the times of both starts, where these are clearly apart.
  const age = async () => {
    const { data } = await must<{ data: ClusterView[] }>(server, cookie, 'GET', '/api/clusters');
    return Date.now() - (data[0]?.primary.docker.instance?.startedAt ?? Date.now());
  };
  await expect.poll(age, { timeout: 20_000 }).toBeGreaterThan(12_000);
  await cluster.provoke('Start the old one');
  await expect(cluster.verdict('demo: Two Controllers of one journal are alive.')).toBeVisible({ timeout: 30_000 });
  await expect(
    cluster.page.getByText('Agents accept both. Every workflow may run twice until one of them is stopped.').first(),
  ).toBeVisible();
  await expect(cluster.guard).toContainText('Exactly one may live: two do.');
  await expect(cluster.next).toContainText(`Safest next step: stop the Secondary, ${NAMES.secondary}, on docker-b`, { timeout: 20_000 });
  await expect(cluster.next).toContainText('Nothing is deleted.');
  const evidence = cluster.page.getByRole('region', { name: 'Evidence' });
  await expect(evidence.getByRole('row', { name: /^journalId/ })).toContainText('the same');
  const rowOf = (name: RegExp) => evidence.getByRole('row', { name });
  await expect(
    rowOf(/^Last event/)
      .getByRole('cell')
      .first(),
  ).toHaveText(/\d{10,}/);
  await expect(
    rowOf(/^Must not live/)
      .getByRole('cell')
      .nth(1),
  ).toHaveText(/yes/);
  await expect(cluster.page.getByRole('navigation', { name: 'Main' })).toContainText('1 alarm');
  await expectAccessible(cluster.page, 'split brain');

  await test.step('the list shows it first, and leads to it', async () => {
    await cluster.page.getByRole('link', { name: 'Clusters', exact: false }).first().click();
    await expect(cluster.verdict('demo: Two Controllers of one journal are alive.')).toBeVisible();
    await expect(cluster.page.getByRole('link', { name: 'Open the alarm' })).toBeVisible();
    await expectAccessible(cluster.page, 'the list with an alarm');
    await cluster.page.getByRole('link', { name: 'Open the alarm' }).click();
  });
  await cluster.next.getByRole('button', { name: `Stop ${NAMES.secondary}` }).click();
  await expect(cluster.dialog).toContainText('The other one goes on working.');
  await cluster.confirm(`Stop ${NAMES.secondary}`);
  await expect(cluster.verdict('The journals have parted: both worked for a time.')).toBeVisible({ timeout: 20_000 });
  await expect(cluster.next).toContainText('Next: Compare both journals');
  await cluster.end('Take the fence off');
  await cluster.expectWell();
  await expect(cluster.exercise('Take the fence off, start the old one; stop the one that must not live')).toContainText(
    'the right one stayed',
  );
});

test('an engine that is lost makes its Controller unknown, never stopped, and nothing can be started', async () => {
  await cluster.act('Primary', 'Stop');
  await expect(cluster.verdict(/^Nobody works/)).toBeVisible();
  await cluster.provoke('Lose an engine’s socket');
  await expect(cluster.verdict(/^Unknown: engine docker-b has not answered/)).toBeVisible({ timeout: 30_000 });
  const secondary = cluster.card('Secondary');
  await expect(secondary.getByText('unknown', { exact: true }).first()).toBeVisible();
  await expect(secondary.getByText('stopped', { exact: true })).toHaveCount(0);
  await expect(secondary.getByText('cold', { exact: true })).toHaveCount(0);
  await expect(secondary).toContainText('Until it does, this Controller counts as running.');
  await expect(cluster.guard).toContainText('What cannot be seen counts as running.');
  await expectAccessible(cluster.page, 'a lost engine');

  await test.step('the start of the other one is refused, in the menu and by the server', async () => {
    const start = (await cluster.menu('Primary')).getByRole('menuitem', { name: 'Start' });
    await expect(start).toHaveAttribute('aria-disabled', 'true');
    await expect(start).toContainText('It is not known whether the Secondary runs, and exactly one may');
    await cluster.page.keyboard.press('Escape');
    const forced = await cluster.page.request.post('/api/clusters/demo/instances/primary/start');
    expect(forced.status()).toBe(409);
    expect(JSON.stringify(await forced.json())).toContain('exactly one may');
  });
  await cluster.end('Lose an engine’s socket');
  await expect(cluster.verdict(/^Nobody works: the Primary was stopped/)).toBeVisible({ timeout: 30_000 });
  await cluster.act('Primary', 'Start');
  await cluster.expectWell();
  await expect(cluster.exercise('Lose an engine’s socket; see what is unknown')).toContainText('what ran there ran on');
});

test('a full disk shows in the free space of the spare', async () => {
  const disk = cluster.says('Secondary', 'On disk');
  await expect(disk).toContainText(/Free space.*of/);
  await cluster.provoke('Fill the disk');
  await expect(disk).toContainText(/(39|40)(\.\d+)?\sMB/, { timeout: 45_000 });
  await cluster.end('Fill the disk');
  await expect(disk).not.toContainText(/(39|40)(\.\d+)?\sMB/, { timeout: 45_000 });
  await expect(cluster.exercise('Fill the disk; see the free space')).toContainText('seen:');
});

test('the Secondary is taken away: nothing could take over; made again, it is a fenced cold spare', async () => {
  await cluster.provoke('Take the Secondary away');
  await expect(cluster.verdict(/^Active, but the Secondary has no container/)).toBeVisible({ timeout: 30_000 });
  await expect(cluster.card('Secondary').getByText('no container', { exact: true }).first()).toBeVisible();
  await expect(cluster.exercise('Create the Secondary')).toContainText('now: Set up');
  await cluster.end('Take the Secondary away');
  await cluster.expectWell();
  await expect(cluster.exercise('Create the Secondary')).toContainText('there again after');
});

test('JOC Cockpit is stopped and started: the Controller works on', async () => {
  await cluster.provoke('Stop JOC Cockpit');
  await expect(cluster.events).toContainText('Rehearsal: js7-joc was stopped');
  await cluster.expectWell();
  await cluster.end('Stop JOC Cockpit');
  await expect(cluster.events).toContainText('Rehearsal: js7-joc was started again');
});

test('a reset asks once, puts the world back and keeps what was learnt', async () => {
  await cluster.provoke('Kill the active one');
  await expect(cluster.verdict(/^Nobody works/)).toBeVisible();
  await cluster.rehearsal.getByRole('button', { name: 'Reset the world' }).click();
  await expect(cluster.dialog).toContainText('Reset the rehearsal world?');
  await cluster.dialog.getByRole('button', { name: 'Reset the world' }).click();
  await expect(cluster.dialog).toBeHidden({ timeout: 45_000 });
  await cluster.expectWell();
  await expect(cluster.fault('Kill the active one', 'provoke')).toBeVisible();
  await expect(cluster.rehearsal).toContainText(/\d of \d+ done/);
});
