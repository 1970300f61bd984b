/** The main job through the browser, on the rehearsal world: there and back, and once with the dashboard killed in the middle. */
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterView } from '../../lib/contract/words';
import { expect, testOnOwnServer } from '../fixtures';
import { expectAccessible } from '../pages/accessible';
import { ClusterPage } from '../pages/cluster';
import { open } from '../pages/open';
import { PreparePage } from '../pages/prepare';
import { must } from '../world/api';
import type { Cookie, Server } from '../world/server.mjs';
import { until } from '../world/server.mjs';

const NAMES = { Primary: 'js7-demo-primary', Secondary: 'js7-demo-secondary' };
const test = testOnOwnServer();
test.setTimeout(180_000);
test.beforeEach(async ({ undone: _ }) => {});

async function seen(server: Server, cookie: Cookie): Promise<ClusterView> {
  const [demo] = (await must<{ data: ClusterView[] }>(server, cookie, 'GET', '/api/clusters')).data;
  return demo as ClusterView;
}
/** Exactly one works, with this journal; the other one does not run. */
async function expectOnly(server: Server, cookie: Cookie, slot: 'primary' | 'secondary', journalId: string | undefined): Promise<void> {
  const other = slot === 'primary' ? 'secondary' : 'primary';
  const view = await until(`the ${slot} alone`, async () => {
    const v = await seen(server, cookie);
    return v[slot]?.role === 'active' && v[other]?.alive === 'no' && v[slot]?.controller.journalId !== undefined ? v : undefined;
  });
  expect(view[slot]?.controller.journalId).toBe(journalId);
}
const journalOf = async (server: Server, cookie: Cookie): Promise<string | undefined> => {
  const v = await until('the lineage', async () => {
    const now = await seen(server, cookie);
    return now.primary.controller.journalId ? now : undefined;
  });
  return v.primary.controller.journalId;
};

test('there and back: proved, reported, and the other one idles when somebody starts it', async ({ admin: page, server, cookie }) => {
  const journalId = await journalOf(server, cookie);
  const prepare = await new PreparePage(page).open();
  await expectAccessible(page, 'preparing a switch-over');
  await prepare.start({ active: NAMES.Primary, to: 'Secondary', reason: 'Kernel update on docker-a' });
  await expect(page.getByRole('heading', { name: 'Done: the Secondary is active, and nothing was lost.' })).toBeVisible({
    timeout: 90_000,
  });
  await expectAccessible(page, 'the report');
  await expect(page.getByText('Kernel update on docker-a').first()).toBeVisible();
  await expectOnly(server, cookie, 'secondary', journalId);

  const report = await must<{ result: string; files: { segments: unknown[] }[] }>(server, cookie, 'GET', '/api/runs/1/report.json');
  expect(report.result).toBe('succeeded');
  expect(report.files.length).toBeGreaterThan(0);

  await page.getByRole('link', { name: 'Switch back to the Primary' }).click();
  await prepare.start({ active: NAMES.Secondary, to: 'Primary', reason: 'Back again' });
  await expect(page.getByRole('heading', { name: 'Done: the Primary is active, and nothing was lost.' })).toBeVisible({ timeout: 90_000 });
  await expectOnly(server, cookie, 'primary', journalId);
  await page.goto('/runs');
  await expect(page.getByRole('link', { name: /2/ }).first()).toBeVisible();
});

test('the dashboard is killed in the middle: the run is offered for a decision, and continued it ends well', async ({
  admin: page,
  server,
  cookie,
  expectedErrors,
}) => {
  expectedErrors.push(/net::ERR_/, /Failed to fetch/);
  const journalId = await journalOf(server, cookie);
  const run = await (await new PreparePage(page).open()).start({ active: NAMES.Primary, to: 'Secondary', reason: 'Killed on purpose' });
  await server.kill();
  await server.start();
  await page.goto(`/runs/${run}`);
  await expect(page.getByRole('heading', { name: /^Interrupted in step \d+ of \d+\./ })).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page, 'an interrupted run');
  await page.getByRole('radio', { name: /^Continue with step \d+/ }).check();
  await page.getByRole('button', { name: /^Continue with step \d+/ }).click();
  await expect(page.getByRole('heading', { name: 'Done: the Secondary is active, and nothing was lost.' })).toBeVisible({
    timeout: 90_000,
  });
  await expectOnly(server, cookie, 'secondary', journalId);
  await new ClusterPage(page).open();
  await expect(page.getByText(/Run \d+/).first()).toBeVisible();
});

test('two browsers see the same run; a viewer follows it, decides nothing, and a closed browser stops nothing', async ({
  admin: page,
  server,
  cookie,
  account,
  visitor,
  expectedErrors,
}) => {
  expectedErrors.push(/net::ERR_/, /Failed to fetch/, /status of 403/);
  const journalId = await journalOf(server, cookie);
  const viewer = await account('viewer');
  const watching = await visitor(viewer.cookie);
  await open(watching, '/clusters/demo/switch-over');
  await expect(watching.getByRole('heading', { name: /operator/ }).first()).toBeVisible({ timeout: 20_000 });

  const run = await (await new PreparePage(page).open()).start({ active: NAMES.Primary, to: 'Secondary', reason: 'Seen by two' });
  await open(watching, `/runs/${run}`);
  await server.kill();
  await server.start();
  // Both are told of the interruption, each in their own browser; only one may decide.
  for (const seen of [page, watching]) {
    await seen.goto(`/runs/${run}`);
    await expect(seen.getByRole('heading', { name: /^Interrupted in step \d+ of \d+\./ })).toBeVisible({ timeout: 30_000 });
  }
  await expectAccessible(watching, 'an interrupted run as a viewer sees it');
  await expect(watching.getByText('Your role may look only').first()).toBeVisible();
  await expect(watching.getByRole('button', { name: /^(Continue with step|Undo)/ }).first()).toHaveAttribute('aria-disabled', 'true');
  const refused = await watching.request.post(`/api/runs/${run}/choose`, { data: { choice: 'undo' }, headers: { origin: server.url } });
  expect(refused.status()).toBe(403);

  await page.getByRole('radio', { name: /^Continue with step \d+/ }).check();
  await page.getByRole('button', { name: /^Continue with step \d+/ }).click();
  await expect(page.getByRole('radio').first()).toBeHidden({ timeout: 20_000 });
  await page.goto('about:blank');
  await expect(watching.getByRole('heading', { name: 'Done: the Secondary is active, and nothing was lost.' })).toBeVisible({
    timeout: 90_000,
  });
  await expect(watching.getByText('Seen by two').first()).toBeVisible();
  await expectOnly(server, cookie, 'secondary', journalId);
});

test('the guard stops the one that must not live, where the settings allow it, and says so', async ({ admin: page, server, cookie }) => {
  type Member = { engineId: string; name: string; url: string };
  const { settings: demo } = await must<{ settings: { name: string; primary: Member; secondary: Member } }>(
    server,
    cookie,
    'GET',
    '/api/clusters/demo',
  );
  const member = ({ engineId, name, url }: Member) => ({ engineId, name, access: { url } });
  const settings = (guardStops: boolean) =>
    must(server, cookie, 'PATCH', '/api/clusters/demo', {
      ...{ name: demo.name, primary: member(demo.primary), secondary: member(demo.secondary), guardStops },
    });
  await settings(true);
  try {
    const journalId = await journalOf(server, cookie);
    // Who was there first is told by the times of both starts, where these are clearly apart.
    await until(
      'the Primary has worked for a while',
      async () => Date.now() - ((await seen(server, cookie)).primary.docker.instance?.startedAt ?? Date.now()) > 12_000 || undefined,
    );
    // An admin's slip: the flag off, and no journal. Started so, it makes a new one: another lineage, and it came later. Two kinds of evidence, both against it.
    const volumes = join(server.dataFolder, 'rehearsal/engines/docker-b/volumes');
    const conf = readdirSync(volumes, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('controller.conf'));
    for (const file of conf) appendFileSync(join(volumes, file), '\njs7.journal.cluster.node.is-backup = no\n');
    expect(conf.length).toBeGreaterThan(0);
    await must(server, cookie, 'POST', '/api/rehearsal/faults/start-old', { on: true });
    await until('two live', async () => (await seen(server, cookie)).secondary?.role === 'active' || undefined);
    await until('only one does', async () => (await seen(server, cookie)).secondary?.alive === 'no' || undefined, 60_000);
    await expectOnly(server, cookie, 'primary', journalId);
    const stopped = await until('the line in the audit log', async () => {
      const lines = await must<{ who: string; what: string; subject?: string; reason?: string; result: string }[]>(
        server,
        cookie,
        'GET',
        '/api/audit?text=guard.stop',
      );
      return lines.find((l) => l.what === 'guard.stop');
    });
    expect(stopped).toMatchObject({ who: 'handover', subject: 'secondary', result: 'ok' });
    expect(stopped?.reason).toMatch(/\w{3}/);
    await new ClusterPage(page).open();
    await expect(page.getByText(NAMES.Secondary).first()).toBeVisible();
  } finally {
    await settings(false);
  }
});

test('the guided way back after a split brain: each step asked for, the newer journal kept, one lives at the end', async ({
  admin: page,
  server,
  cookie,
}) => {
  const journalId = await journalOf(server, cookie);
  for (const fault of ['take-fence-off', 'start-old']) await must(server, cookie, 'POST', `/api/rehearsal/faults/${fault}`, { on: true });
  await until('two live', async () => {
    const v = await seen(server, cookie);
    return (v.primary.role === 'active' && v.secondary?.role === 'active') || undefined;
  });
  await open(page, '/clusters/demo/journals');
  const reason = page.getByRole('textbox', { name: 'Reason' });
  await expect(async () => {
    await page.getByRole('button', { name: 'Check again' }).first().click();
    await expect(reason).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 40_000 });
  await reason.fill('Two lived');
  await page.getByRole('button', { name: /^Begin: keep the (Primary|Secondary)’s journal$/ }).click();
  await page.waitForURL(/\/way-back$/);
  const turn = (n: number) => page.getByRole('heading', { name: new RegExp(`^It is the turn of step ${n} of 8`) });
  const act = page.getByRole('button', { name: 'Do this step' });
  const say = page.getByRole('button', { name: 'Say that it is so' });
  await expect(turn(1)).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page, 'the way back');
  await act.click();
  await expect(turn(2)).toBeVisible({ timeout: 20_000 });
  await act.click();
  await expect(turn(3)).toBeVisible({ timeout: 40_000 });
  type Side = { name: string; journal: { lastEventId: number } };
  const { kept, aside } = await must<{ kept: Side; aside: Side }>(server, cookie, 'GET', '/api/clusters/demo/way-back');
  const newer = (aside.journal.lastEventId > kept.journal.lastEventId ? aside : kept).name;
  // The page names the newer one, whichever was thought so at the beginning.
  const field = page.getByRole('textbox', { name: `Type the name of the container whose journal is kept: ${newer}` });
  await field.fill(newer);
  await act.click();
  await expect(turn(4)).toBeVisible({ timeout: 20_000 });
  await say.click();
  await expect(turn(5)).toBeVisible({ timeout: 20_000 });
  await act.click();
  await expect(turn(8)).toBeVisible({ timeout: 60_000 });
  await act.click();
  await expect(page.getByRole('heading', { name: /^Done: the (Primary|Secondary) works alone/ })).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page, 'the way back, done');
  await expectOnly(server, cookie, newer === NAMES.Primary ? 'primary' : 'secondary', journalId);
  const audit = await must<{ what: string }[]>(server, cookie, 'GET', '/api/audit?text=way-back');
  expect(audit.filter((l) => l.what === 'way-back.step').length).toBeGreaterThanOrEqual(5);
});
