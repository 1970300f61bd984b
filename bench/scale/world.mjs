// Pairs for the scale bench, put into the rehearsal world as containers: the Primary's process is the one that stands for all of them.
import { fork } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const SIDES = [
  { slot: 'primary', engine: 'docker-a', model: 'js7-demo-primary' },
  { slot: 'secondary', engine: 'docker-b', model: 'js7-demo-secondary' },
];

/** What a living emulated Controller answers, for `controllers.mjs`. */
export async function record(url) {
  const get = async (path, o) => {
    const answer = await fetch(`${url}/controller/api${path}`, { headers: { accept: 'application/json' }, ...o });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer;
  };
  const journalInfo = await (await get('/journalInfo')).json();
  const file = journalInfo.journalFiles.at(-1).fileEventId;
  const journal = await get(`/journal?file=${file}&position=0&timeout=0`, { headers: { accept: 'application/x-ndjson' } });
  return {
    at: Date.now(),
    journalInfo,
    overview: await (await get('')).json(),
    node: await (await get('/cluster?return=ClusterNodeState')).json(),
    accepted: { TYPE: 'Accepted' },
    header: JSON.parse((await journal.text()).split('\n')[0]),
  };
}

/** Ports that are free now, outside of what the system gives to outgoing connections. */
export async function freePorts(n) {
  const found = [];
  for (let port = 21_000 + Math.floor(Math.random() * 5000); found.length < n; port++) if (await isFree(port)) found.push(port);
  return found;
}
const isFree = (port) =>
  new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => done(true)));
  });

/** Starts the process behind all Primaries, in a group of its own: the rehearsal's engines end groups. */
export async function startControllers(members, recorded) {
  const child = fork(join(import.meta.dirname, 'controllers.mjs'), [JSON.stringify({ members, recorded })], { detached: true });
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
  const birth = stat.slice(stat.lastIndexOf(') ') + 2).split(' ')[19];
  return {
    mark: { pid: child.pid, birth },
    counts: () =>
      new Promise((done) => {
        child.once('message', done);
        child.send('counts');
      }),
    close: () => child.kill('SIGKILL'),
  };
}

/** Writes both containers of a pair as the rehearsal's engines keep them, copied from the demo's: the first runs, the second is fenced and cold. */
export function addPair(dataFolder, { id, ports }, mark) {
  return SIDES.map(({ slot, engine, model }, i) => {
    const folder = join(dataFolder, 'rehearsal/engines', engine);
    const name = `js7-${id}-${slot}`;
    const text = readFileSync(join(folder, 'containers', readFileSync(join(folder, 'names', model), 'utf8'), 'definition.json'), 'utf8');
    const was = JSON.parse(text);
    const containerId = Buffer.from(name.padEnd(32, '.')).toString('hex').slice(0, 64);
    const definition = JSON.parse(text.replaceAll(model, name));
    Object.assign(definition, { id: containerId, env: { ...was.env, RUN_JS_ID: id }, ports: [{ ...was.ports[0], outside: ports[i] }] });
    const own = join(folder, 'containers', containerId);
    mkdirSync(own, { recursive: true });
    copyConfig(join(folder, 'volumes', `${model}-data`), join(folder, 'volumes', `${name}-data`));
    writeFileSync(join(own, 'definition.json'), JSON.stringify(definition));
    writeFileSync(join(own, 'policy'), 'no 0\n');
    if (slot === 'primary') {
      mkdirSync(join(own, 'held'));
      writeFileSync(join(own, 'supervisor'), JSON.stringify(mark));
      writeFileSync(join(own, 'run'), JSON.stringify({ ...mark, n: 1, state: 'running', startedAt: Date.now(), restarts: 0 }));
    }
    writeFileSync(join(folder, 'names', name), containerId);
    return { engineId: engine, name, access: { url: `http://127.0.0.1:${ports[i]}` } };
  });
}

function copyConfig(from, to) {
  for (const sub of ['config/private', 'state', 'logs', 'work']) mkdirSync(join(to, sub), { recursive: true });
  for (const sub of ['config', 'config/private'])
    for (const entry of readdirSync(join(from, sub), { withFileTypes: true }))
      if (entry.isFile()) writeFileSync(join(to, sub, entry.name), readFileSync(join(from, sub, entry.name)));
}
