// Ends the test engine that lives in a folder and removes everything it left: `node reaper.mjs FOLDER`.
// Waits until its standard input closes, which also happens when its owner is killed with -9: a test run leaves nothing behind however it ends.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const folder = process.argv[2];
if (!folder || !fs.existsSync(path.join(folder, 'engine.json'))) {
  console.error('usage: reaper.mjs FOLDER, with an engine.json in it');
  process.exit(2);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

await new Promise((resolve) => process.stdin.on('end', resolve).on('error', resolve).on('close', resolve).resume());
const { socket, pidFile, bridge, pool } = JSON.parse(fs.readFileSync(path.join(folder, 'engine.json'), 'utf8'));

await removeThroughApi();
await endDaemon();
killLeftovers();
for (const mount of mountsBelow(folder)) attempt(() => execFileSync('umount', ['-l', mount], { stdio: 'ignore' }));
for (const name of [...bridgesOf(pool), bridge]) attempt(() => execFileSync('ip', ['link', 'delete', name], { stdio: 'ignore' }));
for (let i = 0; i < 20 && fs.existsSync(folder); i++) {
  attempt(() => fs.rmSync(folder, { recursive: true, force: true }));
  if (fs.existsSync(folder)) await delay(100);
}

/** Containers first, then networks: their bridges on the host would outlive the engine. */
async function removeThroughApi() {
  const containers = (await ask('GET', '/containers/json?all=1')) ?? [];
  await Promise.all(containers.map((c) => ask('DELETE', `/containers/${c.Id}?force=1&v=1`)));
  const networks = (await ask('GET', '/networks')) ?? [];
  await Promise.all(networks.filter((n) => !['bridge', 'host', 'none'].includes(n.Name)).map((n) => ask('DELETE', `/networks/${n.Id}`)));
}

function ask(method, where) {
  return new Promise((resolve) => {
    const request = http.request({ socketPath: socket, path: where, method, timeout: 5000 }, (answer) => {
      let text = '';
      answer
        .setEncoding('utf8')
        .on('data', (d) => {
          text += d;
        })
        .on('error', () => resolve(undefined))
        .on('end', () => {
          try {
            resolve(JSON.parse(text));
          } catch {
            resolve(undefined);
          }
        });
    });
    request
      .on('timeout', () => request.destroy())
      .on('error', () => resolve(undefined))
      .end();
  });
}

async function endDaemon() {
  const pid = Number(attempt(() => fs.readFileSync(pidFile, 'utf8')));
  if (!pid || !commandLine(pid).includes(folder)) return;
  attempt(() => process.kill(pid, 'SIGCONT'));
  attempt(() => process.kill(pid, 'SIGTERM'));
  for (let i = 0; i < 100 && alive(pid); i++) await delay(50);
  if (alive(pid)) attempt(() => process.kill(pid, 'SIGKILL'));
}

/** What a killed dockerd leaves: containerd and the shims name the folder in their command line, containers are children of a shim. */
function killLeftovers() {
  const pids = fs
    .readdirSync('/proc')
    .filter((n) => /^\d+$/.test(n))
    .map(Number);
  const parents = new Map(pids.map((pid) => [pid, parentOf(pid)]));
  const doomed = new Set(
    pids.filter((pid) => pid !== process.pid && /(containerd|docker|runc)/.test(commandLine(pid)) && commandLine(pid).includes(folder)),
  );
  for (let grown = true; grown; ) {
    grown = false;
    for (const [pid, parent] of parents) if (doomed.has(parent) && !doomed.has(pid) && pid !== process.pid) grown = doomed.add(pid) && true;
  }
  for (const pid of doomed) attempt(() => process.kill(pid, 'SIGKILL'));
}

function mountsBelow(dir) {
  return fs
    .readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((l) => l.split(' ')[1] ?? '')
    .filter((m) => m.startsWith(`${dir}/`))
    .sort()
    .reverse();
}
/** The bridges of its user-defined networks, known by their addresses: a killed engine can no longer remove them. */
function bridgesOf(range) {
  const start = `${range.split('.').slice(0, 2).join('.')}.`;
  const links = JSON.parse(attempt(() => execFileSync('ip', ['-j', 'addr'], { encoding: 'utf8' })) ?? '[]');
  return links.filter((l) => l.ifname?.startsWith('br-') && l.addr_info?.some((a) => a.local?.startsWith(start))).map((l) => l.ifname);
}
function parentOf(pid) {
  return Number(/^PPid:\s+(\d+)/m.exec(attempt(() => fs.readFileSync(`/proc/${pid}/status`, 'utf8')) ?? '')?.[1] ?? 0);
}
function commandLine(pid) {
  return attempt(() => fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')) ?? '';
}
function alive(pid) {
  return (
    attempt(() => process.kill(pid, 0)) === true &&
    !/^State:\s+Z/m.test(attempt(() => fs.readFileSync(`/proc/${pid}/status`, 'utf8')) ?? 'State:\tZ')
  );
}
function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}
