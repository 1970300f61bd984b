// `npm run demo`: installs and builds what is missing, then starts Handover on the rehearsal world. Ctrl-C ends all it started. A server that
// crashes is started again, and the rehearsal's Controllers work on meanwhile, as real ones would.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { ensureInstalled, root } from './install.mjs';
import { endLeftovers } from './leftovers.mjs';
import { restarts } from './restarts.mjs';

ensureInstalled();
const { ensureBuilt } = await import('./build.mjs');
ensureBuilt();

const dataFolder = resolve(process.env.HANDOVER_DATA || join(root, 'data'));
const note = join(dataFolder, 'demo.json');
refuseSecondDemo();

const wanted = Number(process.env.PORT || 3000);
const port = await firstFreePort(wanted);
if (port !== wanted) console.log(`Port ${wanted} is taken; using ${port}.`);
mkdirSync(dataFolder, { recursive: true });
writeFileSync(note, JSON.stringify({ pid: process.pid, port }));

const mayRestart = restarts(5, 60_000);
let child = start();
let ending = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(signal));
process.on('exit', () => {
  killGroup('SIGKILL');
  if (ending) endLeftovers(dataFolder);
  rmSync(note, { force: true });
});

function start() {
  const server = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
    env: {
      ...process.env,
      PORT: String(port),
      HANDOVER_REHEARSAL: process.env.HANDOVER_REHEARSAL || 'on',
      HANDOVER_DATA: dataFolder,
    },
  });
  server.on('exit', (code, signal) => {
    if (ending || (code === 0 && !signal)) {
      ending = true;
      process.exit(0);
    }
    const how = signal ?? `exit code ${code}`;
    if (!mayRestart(Date.now())) {
      console.error(`Handover ended again (${how}); it is not started any more. What it said stands above.`);
      process.exit(code || 1);
    }
    console.error(`Handover ended (${how}); it is started again. The rehearsal's Controllers go on.`);
    child = start();
  });
  return server;
}

/** Two servers on one data folder would disturb each other, and the end of one would take the other's rehearsal world with it. */
function refuseSecondDemo() {
  try {
    const other = JSON.parse(readFileSync(note, 'utf8'));
    const command = spawnSync('ps', ['-o', 'command=', '-p', String(other.pid)], { encoding: 'utf8' }).stdout ?? '';
    if (!command.includes('demo.mjs')) return;
    console.error(`A demo runs on ${dataFolder} already: http://127.0.0.1:${other.port} (process ${other.pid}).`);
    console.error('Stop it with Ctrl-C first, or give this one another folder: HANDOVER_DATA=… npm run demo');
  } catch {
    return;
  }
  process.exit(1);
}

/** The server gets time to end its emulated Controllers; a second Ctrl-C, or 10 s, ends the whole group at once. */
function end(signal) {
  if (ending) return killGroup('SIGKILL');
  ending = true;
  child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  setTimeout(() => killGroup('SIGKILL'), 10_000).unref();
}

function killGroup(signal) {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

async function firstFreePort(from) {
  for (let port = from; port < from + 100; port++) if (await isFree(port)) return port;
  console.error(`No free port between ${from} and ${from + 99}.`);
  process.exit(1);
}

function isFree(port) {
  return new Promise((done) => {
    const probe = createServer().once('error', () => done(false));
    probe.listen(port, process.env.HANDOVER_HOST || '127.0.0.1', () => probe.close(() => done(true)));
  });
}
