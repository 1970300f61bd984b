import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { CHROMIUM } from '../e2e/world/chromium.mjs';
import { until } from '../e2e/world/server.mjs';
import { firstAnswer, now } from './change-to-pixel/floor.mjs';
import { instrument } from './change-to-pixel/in-page.mjs';
import { percentile } from './figures.mjs';

export const title = 'Change to pixel';
export const what =
  'The Primary of the rehearsal world is killed, stopped (both behind Handover’s back) and started, 50 changes in turn, while its page is open in Chromium. Counted is what Handover adds: from the moment a bare client sees the change (one that follows the same events of the engine; after a start one that asks journalInfo without pause) until the frame with it is painted.';
/** `--engine docker`: the same on a real Docker Engine of its own, with the Controllers in containers. */
export const engines = {
  rehearsal: {},
  docker: {
    title: 'Change to pixel, on a real Docker Engine',
    what: 'The same on a dockerd of its own, with two emulated Controllers in containers; the bare client follows `GET /events`, and the Primary is ended by `docker kill` and `docker stop`.',
  },
};

const CHANGES = Number(process.env.BENCH_CHANGES ?? 50);

export async function run({ engine = 'rehearsal' } = {}) {
  const { openWorld } = await import(`./change-to-pixel/${engine}.mjs`);
  const world = await openWorld();
  const { server, cookie, cluster, url, floor } = world;
  let browser;
  try {
    browser = await chromium.launch(CHROMIUM);
    const context = await browser.newContext();
    await context.addCookies([{ ...cookie, url: server.url }]);
    const page = await context.newPage();
    await page.addInitScript(instrument);
    await page.goto(`${server.url}/clusters/${cluster}`);
    const card = async () => page.evaluate(() => window.seen.cards.at(-1));
    await until('the page that shows the active Primary', async () => (await card())?.state.startsWith('active'));
    await until('the stream', async () => page.evaluate(() => window.seen.events.length > 0));

    const found = [];
    for (let i = 0; i < CHANGES; i++) {
      const kind = i % 2 === 1 ? 'start' : i % 4 === 0 ? 'kill' : 'stop';
      const events = floor.seen.length;
      const begun = now();
      let shown;
      if (kind === 'start') {
        const answered = firstAnswer(url, 20_000);
        const started = await fetch(`${server.url}/api/clusters/${cluster}/instances/primary/start`, {
          method: 'POST',
          headers: { cookie: `${cookie.name}=${cookie.value}`, 'content-type': 'application/json', origin: server.url },
          body: '{}',
        });
        if (!started.ok) throw new Error(`The start was refused: ${started.status} ${await started.text()}`);
        shown = await answered;
      } else {
        const ended = world.end(kind);
        shown = (await until(`the end after ${kind}`, () => floor.seen.slice(events).find((e) => e.kind === 'died'))).readable;
        await ended;
      }
      const wanted = kind === 'start' ? 'active' : 'not active';
      const painted = await until(`the page after ${kind}`, async () => {
        const cards = await page.evaluate((from) => window.seen.cards.filter((c) => c.changed >= from && c.painted), begun);
        return cards.find((c) => c.state.startsWith('active') === (wanted === 'active'));
      });
      const arrivals = await page.evaluate((before) => window.seen.events.filter((e) => e.at <= before), painted.changed);
      const arrival = arrivals.findLast(({ data }) => [cluster, 'clusters'].includes(JSON.parse(data).id ?? JSON.parse(data).topic));
      if (!arrival) throw new Error('The page changed without an event of the stream');
      const published = JSON.parse(arrival.data).at;
      found.push({
        kind,
        total: painted.painted - shown,
        observed: published - shown,
        arrived: arrival.at - published,
        rendered: painted.painted - arrival.at,
      });
      await page.evaluate(() => window.seen.events.splice(0));
      // What follows the change (volumes, readiness) is over before the next one.
      await atRest(server, cookie, wanted);
      await delay(200);
    }
    return { figures: figuresOf(found), notes: notesOf(found) };
  } finally {
    await browser?.close();
    await world.remove();
  }
}

const atRest = (server, cookie, wanted) =>
  until('a view that rests', async () => {
    const answer = await fetch(`${server.url}/api/clusters`, { headers: { cookie: `${cookie.name}=${cookie.value}` } });
    const { primary } = (await answer.json()).data[0];
    return wanted === 'active'
      ? primary.role === 'active'
      : !['active', 'stopping', 'unknown'].includes(primary.role) && primary.disk.freshness.state === 'fresh';
  });

const PARTS = [
  ['observed', 'the engine or the Controller is asked, and a view is published'],
  ['arrived', 'the server-sent event is in the page'],
  ['rendered', 'React renders, the frame is painted'],
];

function figuresOf(found) {
  const of = (key, p) =>
    Math.round(
      percentile(
        found.map((f) => f[key]),
        p,
      ),
    );
  return [
    { name: 'change to pixel beyond the bare client, p95', value: of('total', 95), unit: 'ms', goal: 300 },
    { name: 'the same, p50', value: of('total', 50), unit: 'ms' },
    ...PARTS.flatMap(([key, name]) => [50, 95].map((p) => ({ name: `of it: ${name}, p${p}`, value: of(key, p), unit: 'ms' }))),
  ];
}

function notesOf(found) {
  return ['kill', 'stop', 'start'].map((kind) => {
    const totals = found.filter((f) => f.kind === kind).map((f) => f.total);
    return `${kind}: ${totals.length} changes, p50 ${Math.round(percentile(totals, 50))} ms, p95 ${Math.round(percentile(totals, 95))} ms.`;
  });
}
