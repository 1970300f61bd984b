// The world of `npm run bench -- change-to-pixel --engine docker`: a real dockerd of its own (root on Linux) with two emulated Controllers in containers.
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { startServer, until } from '../../e2e/world/server.mjs';
import { bundled } from '../bundle.mjs';
import { now } from './floor.mjs';

const run = promisify(execFile);

/** See rehearsal.mjs. */
export async function openWorld() {
  const undo = [];
  const remove = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const out = await bundled('bench-change-to-pixel', [join(import.meta.dirname, 'engine.ts')]);
    undo.push(() => rmSync(out, { recursive: true, force: true }));
    const { startEngine, makePair } = await import(pathToFileURL(join(out, 'engine.mjs')).href);
    const engine = await startEngine({ name: 'bench' });
    undo.push(() => engine.remove());
    const pair = await makePair(engine, 'bench');
    const server = await startServer({ env: { HANDOVER_REHEARSAL: 'off' } });
    undo.push(() => server.remove());
    const cookie = await server.createAdmin();
    const url = await introduce(server, cookie, engine, pair);
    await server.settled(cookie);
    const floor = followEvents(engine.socket, pair.primary);
    undo.push(() => floor.close());
    const docker = (...args) => run('docker', ['-H', engine.host, ...args]);
    return {
      server,
      cookie,
      cluster: 'bench',
      url: `${url}/controller/api/journalInfo`,
      floor,
      end: (how) => docker(...(how === 'kill' ? ['kill'] : ['stop', '--time', '20']), pair.primary),
      remove,
    };
  } catch (problem) {
    await remove();
    throw problem;
  }
}

/** Adds the engine and the pair, as an admin would; the URL of the Primary. */
async function introduce(server, cookie, engine, pair) {
  const headers = { cookie: `${cookie.name}=${cookie.value}`, 'content-type': 'application/json', origin: server.url };
  const call = async (method, path, body) => {
    const answer = await fetch(server.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const { id } = await call('POST', '/api/engines', { name: 'bench', address: { kind: 'socket', path: engine.socket } });
  const found = await until('both containers among what was found', async () => {
    const all = await call('GET', `/api/engines/${id}/candidates`).catch(() => []);
    const both = [pair.primary, pair.secondary].map((name) => all.find((c) => c.instance.name === name));
    return both.every((c) => c?.urls.length > 0) ? both : undefined;
  });
  const [primary, secondary] = found.map((c) => ({ engineId: id, name: c.instance.name, access: { url: c.urls[0] } }));
  await call('POST', '/api/clusters', { name: 'bench', primary, secondary });
  return primary.access.url;
}

/** `GET /events` of one container, as any program would follow it: `died`, with the time at which it could be read. */
function followEvents(socket, container) {
  const seen = [];
  const filters = encodeURIComponent(JSON.stringify({ type: ['container'], container: [container], event: ['die'] }));
  const asked = request({ socketPath: socket, path: `/events?filters=${filters}` }, (answer) => {
    let rest = '';
    answer.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const _ of lines.filter(Boolean)) seen.push({ kind: 'died', readable: now() });
    });
  });
  asked.on('error', () => {});
  asked.end();
  return { seen, close: () => asked.destroy() };
}
