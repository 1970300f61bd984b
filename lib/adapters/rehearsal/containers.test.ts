import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Containers } from './containers';
import type { NewContainer } from './definition';
import { textOf, until } from './durable';
import { EventReader } from './event-log';
import { runs } from './processes';
import { supervisorOf } from './supervisor';

let folder: string;
let containers: Containers;
let events: EventReader;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'handover-containers-'));
  containers = new Containers(folder);
  events = new EventReader(folder, containers.all(), (id) => containers.definition(id)?.name);
});
afterEach(async () => {
  for (const d of containers.all()) await containers.remove(d, { volumes: true });
  rmSync(folder, { recursive: true, force: true });
});

const made = (name: string, script: string, o: Partial<NewContainer> = {}) => {
  const r = containers.create({
    name,
    hostname: name,
    image: { ref: 'test/sh:1', digest: 'sha256:1' },
    command: ['/bin/sh', '-c', script],
    env: {},
    labels: {},
    mounts: [],
    networks: [],
    ports: [],
    user: '',
    autoRemove: false,
    restartPolicy: { name: 'no' },
    ...o,
  });
  if (!r.ok) throw new Error(r.error.message);
  return r.value;
};
const said = (id: string) =>
  (textOf(join(containers.folderOf(id), 'log')) ?? '')
    .split('\n')
    .slice(0, -1)
    .map((l) => l.split(' ').slice(2).join(' '));
const state = (id: string) => containers.run(id)?.state;
const living = (pid: number) => {
  try {
    return !/ Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};
const kinds = () => events.next().map((e) => [e.kind, e.instance, e.exitCode, e.signal].filter((x) => x !== undefined).join(' '));

describe('the life of an emulated container', () => {
  it('knows start, end, exit code and output', async () => {
    const d = made('a', 'echo hello; echo oh >&2; exit 7');
    const before = Date.now();
    expect(await containers.start(d)).toEqual({ ok: true, value: undefined });
    expect(await until(() => state(d.id) === 'exited', 5000)).toBe(true);
    const run = containers.run(d.id);
    expect(run).toMatchObject({ n: 1, exitCode: 7 });
    expect(run?.startedAt).toBeGreaterThanOrEqual(before - 1000);
    expect(run?.finishedAt).toBeGreaterThanOrEqual(run?.startedAt ?? 0);
    const lines = readFileSync(join(containers.folderOf(d.id), 'log'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((l) => l.split(' '));
    expect(lines.map(([, stream, text]) => [stream, text]).sort()).toEqual([
      ['e', 'oh'],
      ['o', 'hello'],
    ]);
    for (const [at] of lines) expect(Math.abs(Number(at) - Date.now())).toBeLessThan(5000);
    await until(() => !existsSync(join(containers.folderOf(d.id), 'held')), 2000);
    expect(kinds()).toEqual(['created a', 'started a', 'died a 7']);
  });

  it('stops with SIGTERM, and with SIGKILL after the time', async () => {
    const soft = made('soft', 'trap "exit 3" TERM; echo ready; while :; do sleep 0.02; done');
    const hard = made('hard', 'trap "" TERM; echo ready; while :; do sleep 0.02; done');
    await containers.start(soft);
    await containers.start(hard);
    await until(() => said(hard.id).includes('ready') && said(soft.id).includes('ready'), 2000);
    await containers.stop(soft, 5);
    expect(containers.run(soft.id)).toMatchObject({ state: 'exited', exitCode: 3 });
    await containers.stop(hard, 0.3);
    expect(containers.run(hard.id)).toMatchObject({ state: 'exited', exitCode: 137 });
    expect(kinds().filter((k) => k.endsWith('hard') || k.includes('hard '))).toEqual([
      'created hard',
      'started hard',
      'killed hard 15',
      'killed hard 9',
      'died hard 137',
      'stopped hard',
    ]);
  });

  it('sees a process that was killed behind its back, and ends what that one had started', async () => {
    const d = made('a', 'sleep 300 & echo $!; wait');
    await containers.start(d);
    await until(() => said(d.id).length > 0, 2000);
    const grandchild = Number(said(d.id)[0]);
    process.kill(containers.run(d.id)?.pid ?? 0, 'SIGKILL');
    expect(await until(() => state(d.id) === 'exited', 2000)).toBe(true);
    expect(containers.run(d.id)?.exitCode).toBe(137);
    expect(await until(() => !living(grandchild), 2000)).toBe(true);
  });

  it('gives 255 to an end that nobody saw: supervisor and process killed together', async () => {
    const d = made('a', 'sleep 300 & echo $!; wait');
    await containers.start(d);
    await until(() => said(d.id).length > 0, 2000);
    const grandchild = Number(said(d.id)[0]);
    const told: string[] = [];
    expect(await until(() => told.push(...kinds()) > 1, 2000)).toBe(true);
    const run = containers.run(d.id);
    const supervisor = supervisorOf(containers.folderOf(d.id));
    process.kill(supervisor?.pid ?? 0, 'SIGKILL');
    expect(state(d.id)).toBe('running');
    process.kill(run?.pid ?? 0, 'SIGKILL');
    expect(await until(() => state(d.id) === 'exited', 2000)).toBe(true);
    expect(containers.run(d.id)?.exitCode).toBe(255);
    expect(await until(() => !living(grandchild), 2000)).toBe(true);
    expect([...told, ...kinds()]).toEqual(['created a', 'started a', 'died a 255']);
    expect((await containers.start(d)).ok).toBe(true);
    expect(containers.run(d.id)).toMatchObject({ n: 2, state: 'running' });
  });

  it('runs once, however often and from however many sides it is started', async () => {
    const d = made('a', 'echo $$; sleep 300');
    const other = new Containers(folder);
    await Promise.all([containers.start(d), containers.start(d), other.start(d), other.start(d)]);
    expect(containers.run(d.id)).toMatchObject({ n: 1, state: 'running' });
    const started: string[] = [];
    expect(await until(() => started.push(...kinds().filter((k) => k.startsWith('started'))) > 0, 2000)).toBe(true);
    await containers.stop(d, 1);
    expect([...started, ...kinds()]).toEqual(['started a', 'killed a 15', 'died a 143', 'stopped a']);
  });

  it('says which port is taken instead of starting', async () => {
    const holder = made(
      'holder',
      `exec node -e "require('net').createServer().listen(0,'127.0.0.1',function(){console.log(this.address().port)})"`,
    );
    await containers.start(holder);
    await until(() => said(holder.id).length > 0, 5000);
    const outside = Number(said(holder.id)[0]);
    const d = made('a', 'sleep 300', { ports: [{ inside: 4444, hostIp: '127.0.0.1', outside }] });
    expect(await containers.start(d)).toMatchObject({
      ok: false,
      error: { code: 'PORT_TAKEN', message: expect.stringContaining(String(outside)) },
    });
    expect(state(d.id)).toBeUndefined();
  });

  it('keeps names unique, also when renaming', async () => {
    const a = made('a', 'true');
    made('b', 'true');
    expect(containers.create({ ...a, restartPolicy: { name: 'no' } })).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    expect(containers.rename(a, 'b')).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
    expect(containers.rename(a, 'c').ok).toBe(true);
    expect(containers.all().map((d) => d.name)).toEqual(['b', 'c']);
    expect(containers.find('a')).toBeUndefined();
  });

  it('removes an --rm container when it ends, whoever ended it', async () => {
    const d = made('a', 'sleep 300', { autoRemove: true });
    await containers.start(d);
    process.kill(containers.run(d.id)?.pid ?? 0, 'SIGKILL');
    expect(await until(() => !existsSync(containers.folderOf(d.id)), 2000)).toBe(true);
    expect(containers.find('a')).toBeUndefined();
    expect(kinds()).toEqual(['created a', 'started a', 'died a 137', 'destroyed a']);
  });

  it('leaves no process behind', async () => {
    const d = made('a', 'sleep 300 & sleep 300');
    await containers.start(d);
    const supervisor = supervisorOf(containers.folderOf(d.id));
    const run = containers.run(d.id);
    await containers.remove(d, { volumes: true });
    expect(await until(() => !(supervisor && runs(supervisor)) && !(run && runs(run)), 2000)).toBe(true);
  });
});

describe('restart policies, as Docker has them', () => {
  it('always: starts again after an end of its own, and not after a stop by hand', async () => {
    const d = made('a', 'sleep 0.05; exit 0', { restartPolicy: { name: 'always' } });
    await containers.start(d);
    expect(await until(() => (containers.run(d.id)?.n ?? 0) >= 3, 5000)).toBe(true);
    await containers.stop(d, 1);
    expect(containers.run(d.id)).toMatchObject({ state: 'exited' });
    const n = containers.run(d.id)?.n;
    expect(await until(() => containers.run(d.id)?.n !== n, 600)).toBe(false);
  });

  it('on-failure: not after exit code 0, and only so many times', async () => {
    const good = made('good', 'exit 0', { restartPolicy: { name: 'on-failure' } });
    const bad = made('bad', 'exit 9', { restartPolicy: { name: 'on-failure', maxRetries: 2 } });
    await containers.start(good);
    await containers.start(bad);
    expect(await until(() => state(bad.id) === 'exited', 5000)).toBe(true);
    expect(containers.run(bad.id)).toMatchObject({ n: 3, restarts: 2, exitCode: 9 });
    expect(containers.run(good.id)).toMatchObject({ n: 1, state: 'exited' });
  });

  it('a policy set to no during the back-off ends it', async () => {
    const d = made('a', 'exit 1', { restartPolicy: { name: 'unless-stopped' } });
    await containers.start(d);
    expect(await until(() => state(d.id) === 'restarting' && (containers.run(d.id)?.n ?? 0) >= 2, 5000)).toBe(true);
    containers.setPolicy(d, { name: 'no' });
    expect(await until(() => state(d.id) === 'exited', 5000)).toBe(true);
  });

  it('killed by `docker kill` it stays ended; killed behind the engine it comes back', async () => {
    const d = made('a', 'sleep 300', { restartPolicy: { name: 'unless-stopped' } });
    await containers.start(d);
    process.kill(containers.run(d.id)?.pid ?? 0, 'SIGKILL');
    expect(await until(() => containers.run(d.id)?.n === 2, 5000)).toBe(true);
    await containers.kill(d);
    expect(containers.run(d.id)).toMatchObject({ state: 'exited', exitCode: 137 });
    expect(await until(() => containers.run(d.id)?.n !== 2, 500)).toBe(false);
  });

  it('after the engine itself was down: always comes back in any case, unless-stopped unless stopped by hand, no does not', async () => {
    const all = [
      ['always-ran', 'always', false],
      ['always-stopped', 'always', true],
      ['unless-ran', 'unless-stopped', false],
      ['unless-stopped', 'unless-stopped', true],
      ['no', 'no', false],
      ['on-failure', 'on-failure', false],
    ] as const;
    for (const [name, policy, byHand] of all) {
      const d = made(name, 'sleep 300', { restartPolicy: { name: policy } });
      await containers.start(d);
      if (byHand) await containers.stop(d, 1);
    }
    await containers.shutDown(1);
    expect(containers.all().map((d) => state(d.id))).toEqual(Array(6).fill('exited'));
    await containers.boot([]);
    expect(
      containers
        .all()
        .filter((d) => state(d.id) === 'running')
        .map((d) => d.name),
    ).toEqual(['always-ran', 'always-stopped', 'unless-ran']);
  });
});
