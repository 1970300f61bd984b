/** The command line as a script uses it: the built program against a started Handover on the rehearsal world. */
import { spawn } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestServer, type TestServer } from './testing/server';

let server: TestServer;
let program: string;
interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
function handover(args: readonly string[], o: { data?: string; env?: Record<string, string> } = {}): Promise<Ran> {
  return new Promise((done, failed) => {
    const env = { PATH: process.env.PATH ?? '', HANDOVER_DATA: o.data ?? server.dataDir, ...o.env };
    const child = spawn(process.execPath, [program, ...args], {
      env: env as unknown as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (t: string) => {
      out += t;
    });
    child.stderr.setEncoding('utf8').on('data', (t: string) => {
      err += t;
    });
    child.once('error', failed).once('close', (code) => done({ code, out, err }));
  });
}
const json = async (...args: string[]) => JSON.parse((await handover([...args, '--json'])).out);
async function until<T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T> {
  const deadline = Date.now() + 40_000;
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`Waited for ${what}\n${server.output()}`);
    await delay(200);
  }
}
type View = { id: string; primary: Side; secondary: Side };
type Side = { role: string; ref: { name: string }; disk: { freshness: { state: string } } };
const view = async (): Promise<View> => (await json('status'))[0];
const active = (v: View): Side | undefined => [v.primary, v.secondary].find((s) => s.role === 'active');
const resting = (v: View): boolean => ['cold', 'fenced', 'retired'].some((r) => [v.primary.role, v.secondary.role].includes(r));
const settled = () =>
  until('one active and one that rests', async () => {
    const v = await view();
    return v && active(v) && resting(v) && v;
  });
const warnings = async (id: string): Promise<string> =>
  (await json('preflight', id)).checks.flatMap((c: { verdict: string; id: string }) => (c.verdict === 'warn' ? [c.id] : [])).join(',');
const bare = { env: { HANDOVER_URL: '' } };

beforeAll(async () => {
  const build: string = '../../scripts/build-cli.mjs';
  program = await ((await import(build)) as { buildCli(): Promise<string> }).buildCli();
  server = await createTestServer();
  await server.start();
  await settled();
}, 90_000);
afterAll(() => server?.remove(), 30_000);

describe('without asking anything of the world', () => {
  test('help names all commands and all exit codes, and needs no Handover', async () => {
    const { code, out } = await handover(['--help'], { data: '/nowhere' });
    expect(code).toBe(0);
    for (const name of ['status', 'preflight', 'plan', 'switch-over', 'resume', 'undo', 'by-hand', 'runs', 'run', 'report', 'guard'])
      expect(out).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    for (const n of [0, 1, 2, 3, 4, 5, 6]) expect(out).toMatch(new RegExp(`^ {2}${n} {2}\\w`, 'm'));
  });
  test('wrong arguments are 2', async () => {
    for (const args of [
      ['dance'],
      ['status', '--from', 'primary'],
      ['preflight'],
      ['preflight', 'x', '--from', 'third'],
      ['switch-over', 'x'],
      ['switch-over', 'x', '--reason', ' '],
      ['switch-over', 'x', '--reason', 'a', '--why', 'b'],
      ['undo', '2', '--reason', 'a', '--why', 'b'],
      ['plan', 'x', '--json', '--markdown'],
      ['report', '1', '--json', '--markdown'],
    ])
      expect((await handover(args)).code, args.join(' ')).toBe(2);
    expect((await handover(['status', '--url', 'nonsense'])).code).toBe(2);
  });
  test('a reason is taken under both names', async () => {
    for (const name of ['--reason', '--why']) {
      for (const command of [
        ['resume', '2'],
        ['undo', '2'],
        ['by-hand', '2'],
        ['joc', 'follow', 'x'],
        ['switch-over', 'x', '--expect-active', 'y'],
      ])
        expect((await handover([...command, '--yes', name, 'x'], { data: '/nowhere' })).code, `${command[0]} ${name}`).toBe(5);
    }
  });
  test('a script has to confirm, before anything is measured', async () => {
    for (const more of [[], ['--yes'], ['--expect-active', 'x']]) {
      const { code, err } = await handover(['switch-over', 'demo', '--reason', 'x', ...more], { data: '/nowhere' });
      expect([code, err]).toEqual([2, expect.stringContaining('--yes --expect-active')]);
    }
  });
});

describe('finding Handover', () => {
  test('no Handover on the data folder is 5 and says how to start it', async () => {
    const { code, err } = await handover(['status'], { data: '/nowhere' });
    expect(code).toBe(5);
    expect(err).toContain('No Handover runs on /nowhere.');
    expect(err).toContain('npm start');
  });
  test('one that has left its note but is gone is 5 too', async () => {
    const { code, err } = await handover(['guard', '--url', 'http://127.0.0.1:9']);
    expect([code, err]).toEqual([5, expect.stringContaining('http://127.0.0.1:9')]);
    expect((await handover(['status'], { env: { HANDOVER_URL: 'http://127.0.0.1:9' } })).code).toBe(5);
  });
  test('a token of another Handover is 4', async () => {
    const token = join(server.dataDir, 'cli-token');
    const right = readFileSync(token, 'utf8');
    writeFileSync(token, 'wrong\n');
    try {
      expect(await handover(['status'], bare)).toMatchObject({ code: 4, err: expect.stringContaining('does not accept') });
    } finally {
      writeFileSync(token, right);
    }
    expect((await handover(['status'], bare)).code).toBe(0);
    expect(statSync(token).mode & 0o777).toBe(0o600);
  });
});

describe('looking', () => {
  test('status: all clusters, one with both instances, and an unknown one', async () => {
    const v = await settled();
    const all = await handover(['status']);
    expect(all.out).toMatch(/^CLUSTER +PRIMARY +SECONDARY +STATUS +VERDICT\n/);
    expect(all.out).toContain(v.id);
    const one = await handover(['status', v.id]);
    expect(one.code).toBe(0);
    for (const side of [v.primary, v.secondary]) expect(one.out).toContain(side.ref.name);
    expect(await handover(['status', 'nothing'])).toMatchObject({ code: 1, err: expect.stringContaining(`Known: ${v.id}`) });
  });
  test('preflight: every check, with what was measured', async () => {
    const { id } = await settled();
    const { code, out } = await handover(['preflight', id]);
    const p = await json('preflight', id);
    expect(code).toBe(p.ready ? 0 : 3);
    expect(p.ready).toBe(true);
    for (const check of p.checks) expect(out).toContain(` ${check.id} `);
    expect(out).not.toMatch(/\{\w+\}|check\.\w/);
  });
  test('preflight from the side that has no journal is 3 and says how to put it right', async () => {
    const { id } = await settled();
    const { code, out } = await handover(['preflight', id, '--from', 'secondary']);
    expect(code).toBe(3);
    expect(out).toContain('NOT READY');
    expect(out).toContain('How to put it right:');
    expect((await handover(['plan', id, '--from', 'secondary'])).code).toBe(3);
    expect((await handover(['switch-over', id, '--from', 'secondary', '--reason', 'x', '--yes', '--expect-active', 'y'])).code).toBe(3);
  });
  test('plan: the steps, and as a document', async () => {
    const { id } = await settled();
    const { out } = await handover(['plan', id]);
    expect(out).toContain('no way back');
    expect(out).toMatch(/plan [0-9a-f]{8}\./);
    expect((await json('plan', id)).steps.length).toBeGreaterThan(10);
    expect((await handover(['plan', id, '--markdown'])).out).toMatch(/^# Switch-over of [\s\S]*Point of no return/);
  });
  test('runs: none yet; a run that does not exist is 1', async () => {
    expect((await handover(['runs'])).out).toBe('No run yet.\n');
    for (const args of [
      ['run', '99'],
      ['report', '99'],
      ['undo', '99', '--yes'],
    ])
      expect((await handover(args)).code, args.join(' ')).toBe(1);
  });
});

describe('a switch-over by script, and back', () => {
  test('is refused for another container (4) and without the warnings accepted (3); nothing has begun', async () => {
    const { id } = await settled();
    const accept = await warnings(id);
    const start = ['switch-over', id, '--reason', 'patching', '--yes'];
    expect(await handover([...start, '--accept', accept, '--expect-active', 'another'])).toMatchObject({
      code: 4,
      err: expect.stringContaining('another'),
    });
    const v = await view();
    const name = active(v)?.ref.name ?? '';
    if (accept !== '')
      expect(await handover([...start, '--expect-active', name])).toMatchObject({
        code: 3,
        out: expect.stringContaining(`--accept ${accept}`),
      });
    expect((await handover([...start, '--accept', 'no-such-check', '--expect-active', name])).code).toBe(2);
    expect(await json('runs')).toEqual([]);
  });

  test('goes there: 0, told live, with who and why in report and audit', async () => {
    const before = await settled();
    const from = active(before)?.ref.name ?? '';
    const taken = await warnings(before.id);
    const ran = await handover([
      '--as',
      'Åda',
      'switch-over',
      before.id,
      '--reason',
      'patching',
      '--ticket',
      'OPS-7',
      '--time-spent',
      '15',
      '--yes',
      '--expect-active',
      from,
      '--accept',
      taken,
    ]);
    expect(ran, ran.err + server.output().slice(-2000)).toMatchObject({ code: 0 });
    expect(ran.err).toMatch(/Run \S+ has begun/);
    expect(ran.out).toContain('Shut the Primary down');
    expect(ran.out).toMatch(/Run \S+ succeeded\. Nobody worked for /);
    const [run] = await json('runs', '--cluster', before.id);
    expect(run).toMatchObject({ result: 'succeeded', by: 'Åda (command line)', reason: 'patching', ticket: 'OPS-7' });
    expect((await handover(['report', run.runId])).out).toContain('Result: **succeeded**');
    const report = await json('report', run.runId);
    expect(report).toMatchObject({ result: 'succeeded', by: 'Åda (command line)', timeSpent: 15 });
    expect(report.accepted.map((a: { id: string }) => a.id).join(',')).toBe(taken);
    const authorization = `Bearer ${readFileSync(join(server.dataDir, 'cli-token'), 'utf8').trim()}`;
    const audit = (await (await fetch(`${server.url}/api/audit`, { headers: { authorization } })).json()) as {
      who: string;
      what: string;
    }[];
    expect(audit).toContainEqual(expect.objectContaining({ who: 'Åda (command line)', what: 'run.start' }));
    expect((await handover(['run', run.runId])).code).toBe(0);
    for (const choice of ['resume', 'undo', 'by-hand']) expect((await handover([choice, run.runId, '--yes'])).code, choice).toBe(4);
    const after = await settled();
    expect(active(after)?.ref.name).not.toBe(from);
  }, 60_000);

  test('killed in the middle: the run asks (6), is undone by script (0), and the old one works again', async () => {
    const before = await settled();
    const from = active(before)?.ref.name ?? '';
    const accept = await warnings(before.id);
    const following = handover(['switch-over', before.id, '--reason', 'kill', '--yes', '--expect-active', from, '--accept', accept]);
    const { runId } = await until('the run', async () => (await json('runs')).find((r: { state: string }) => r.state === 'working'));
    await server.end('SIGKILL');
    expect((await handover(['status'])).code).toBe(5);
    await server.start();
    // Who follows is told that it was away, finds the Handover that was started again, and ends as the run asks.
    expect(await following).toMatchObject({ code: 6, out: expect.stringMatching(/does not answer[\s\S]*waits for you/) });
    const asked = await handover(['run', runId]);
    expect(asked).toMatchObject({ code: 6, out: expect.stringContaining(`handover undo ${runId}`) });
    expect((await handover(['undo', runId])).code, 'without --yes nobody is there to confirm').toBe(2);
    const undone = await handover(['undo', runId, '--yes', '--why', 'first look']);
    expect(undone, undone.err + undone.out).toMatchObject({ code: 0 });
    expect(undone.err).toContain('It will:');
    expect(active(await settled())?.ref.name).toBe(from);
  }, 90_000);

  test('killed again: taken over by hand, the commands are shown, and said to be done', async () => {
    const before = await settled();
    const accept = await warnings(before.id);
    const begun = await handover([
      'switch-over',
      before.id,
      '--reason',
      'hand',
      '--yes',
      '--expect-active',
      active(before)?.ref.name ?? '',
      '--accept',
      accept,
      '--no-follow',
      '--json',
    ]);
    const { runId } = JSON.parse(begun.out);
    await server.end('SIGKILL');
    await server.start();
    const hand = await handover(['by-hand', runId, '--yes']);
    expect(hand).toMatchObject({ code: 0, out: expect.stringContaining('docker ') });
    expect((await handover(['run', runId, '--no-follow'])).code).toBe(6);
    expect(await handover(['by-hand', runId, '--done', '--yes'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('finished by hand'),
    });
  }, 90_000);
});

test('guard: its code says whether somebody has to look', async () => {
  const { code, out } = await handover(['guard']);
  const all = await json('guard');
  expect(code).toBe(all.every((c: { calm: boolean }) => c.calm) ? 0 : 1);
  expect(out).toMatch(/^CLUSTER +GUARD/);
});

test('the token stands nowhere in what the server printed or logged', () => {
  expect(server.output()).toContain('Handover has started');
  expect(server.output()).not.toContain(readFileSync(join(server.dataDir, 'cli-token'), 'utf8').trim());
});
