import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { startServer, until } from '../e2e/world/server.mjs';
import { cpuSeconds, rssMb } from './process-figures.mjs';
import { addPair, freePorts, record, startControllers } from './scale/world.mjs';

export const title = 'Scale';
export const what =
  'The production server with the rehearsal cluster and 9, then 99 more pairs. Their 99 living Controllers are one process that answers as an emulated Controller was recorded, on a port and with a lineage of its own for each; their spares are stopped and fenced. Counted is Handover alone. “Streams” are clients of the event stream, all in this bench’s process.';

const SECONDS = 20;
const STEPS = [
  { clusters: 1, streams: 1 },
  { clusters: 10, streams: 1 },
  { clusters: 100, streams: 0 },
  { clusters: 100, streams: 1 },
  { clusters: 100, streams: 200 },
];
const MOST = 100;

export async function run() {
  const server = await startServer();
  let controllers;
  let streams = [];
  try {
    const cookie = await server.createAdmin();
    await server.settled(cookie);
    const headers = { cookie: `${cookie.name}=${cookie.value}`, 'content-type': 'application/json', origin: server.url };
    const views = async () => (await (await fetch(`${server.url}/api/clusters`, { headers })).json()).data;
    const recorded = await record((await views())[0].primary.url);
    const ports = await freePorts(2 * (MOST - 1));
    const pairs = Array.from({ length: MOST - 1 }, (_, i) => ({
      id: `pair-${String(i + 1).padStart(3, '0')}`,
      ports: [ports[2 * i], ports[2 * i + 1]],
    }));
    controllers = await startControllers(
      pairs.map(({ id, ports: [port] }) => ({ id, port })),
      recorded,
    );
    let there = 1;
    const steps = [];
    for (const step of STEPS) {
      for (; there < step.clusters; there++) await add(server, headers, pairs[there - 1], controllers.mark);
      await until(
        `${step.clusters} clusters with an active Primary and a cold spare`,
        async () => {
          const all = await views();
          return (
            all.length === step.clusters && all.every((v) => v.primary.role === 'active' && ['cold', 'fenced'].includes(v.secondary.role))
          );
        },
        180_000,
      );
      while (streams.length < step.streams) streams.push(await openStream(server.url, cookie));
      while (streams.length > step.streams) streams.pop().close();
      await delay(5_000);
      steps.push({ ...step, ...(await measure(server, controllers, streams, step)) });
      console.log(`  … ${JSON.stringify(steps.at(-1))}`);
    }
    return { figures: figuresOf(steps), notes: notesOf(steps) };
  } finally {
    for (const stream of streams) stream.close();
    streams = [];
    controllers?.close();
    await server.remove();
  }
}

async function add(server, headers, pair, mark) {
  const [primary, secondary] = addPair(server.dataFolder, pair, mark);
  const body = JSON.stringify({ name: pair.id, primary, secondary });
  const answer = await fetch(`${server.url}/api/clusters`, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`${pair.id} was refused: ${answer.status} ${await answer.text()}`);
}

async function measure(server, controllers, streams, step) {
  // The demo's own Controller is not counted.
  const seen = async () => (await controllers.counts()).slice(0, step.clusters - 1);
  const before = { at: performance.now(), cpu: cpuSeconds(server.pid), counts: await seen(), bytes: streams.map((s) => s.bytes()) };
  await delay(SECONDS * 1000);
  const seconds = (performance.now() - before.at) / 1000;
  const counts = await seen();
  const perSecond = (of) => counts.reduce((sum, c, i) => sum + of(c) - of(before.counts[i]), 0) / Math.max(1, counts.length) / seconds;
  return {
    cpu: Number((((cpuSeconds(server.pid) - before.cpu) / seconds) * 100).toFixed(1)),
    rss: Math.round(rssMb(server.pid)),
    requests: Number(perSecond((c) => c.requests).toFixed(2)),
    connections: Math.max(0, ...counts.map((c) => c.open)),
    told:
      streams.length === 0
        ? 0
        : Number((streams.reduce((sum, s, i) => sum + s.bytes() - before.bytes[i], 0) / streams.length / seconds / 1000).toFixed(1)),
  };
}

/** One client of the event stream that reads and counts. Resolves when the first bytes are there. */
function openStream(url, cookie) {
  return new Promise((done, fail) => {
    let bytes = 0;
    const agent = new Agent();
    const asked = request(`${url}/api/stream`, {
      agent,
      headers: { accept: 'text/event-stream', cookie: `${cookie.name}=${cookie.value}` },
    });
    asked.on('response', (answer) => {
      if (answer.statusCode !== 200) return fail(new Error(`The stream answered ${answer.statusCode}`));
      answer.on('data', (chunk) => {
        bytes += chunk.length;
        done({ bytes: () => bytes, close: () => asked.destroy() });
      });
      answer.on('error', () => undefined);
    });
    asked.on('error', fail);
    asked.end();
  });
}

function figuresOf(steps) {
  const full = steps.at(-1);
  const alone = steps.find((s) => s.clusters === MOST && s.streams === 1);
  return [
    { name: `processor, ${MOST} clusters and ${full.streams} streams`, value: full.cpu, unit: '% of one core', goal: 50 },
    { name: `resident memory, ${MOST} clusters and ${full.streams} streams`, value: full.rss, unit: 'MB', goal: 300 },
    {
      name: 'requests to a Controller, 200 streams against 1',
      value: Number((full.requests / alone.requests).toFixed(2)),
      unit: 'times',
      goal: 1.1,
    },
    { name: 'connections open to a Controller at most, 200 streams', value: full.connections, unit: '', goal: alone.connections },
    ...steps.flatMap((s) => [
      { name: `${s.clusters} clusters, ${s.streams} streams: processor`, value: s.cpu, unit: '% of one core' },
      { name: `${s.clusters} clusters, ${s.streams} streams: memory`, value: s.rss, unit: 'MB' },
    ]),
  ];
}

const notesOf = (steps) =>
  steps
    .filter((s) => s.clusters > 1)
    .map(
      (s) =>
        `${s.clusters} clusters, ${s.streams} streams: each Controller is asked ${s.requests} times a second over at most ${s.connections} connections; each stream gets ${s.told} kB/s.`,
    );
