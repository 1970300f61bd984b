/** The commands that a person would type: every one is read by a real shell, and names and paths reach the program as they are. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { en } from '../text/en';
import { plainText } from '../text/format';
import { quote } from './by-hand';
import { commandsOf } from './commands';
import { planDocument } from './document';
import { BY_NAME, begin, stateOf } from './drive.test-support';
import type { Plan } from './plan';
import { STEP_IDS } from './steps';

const folder = mkdtempSync(join(tmpdir(), 'handover-commands-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const sh = (script: string, args: readonly string[] = ['-s']) => spawnSync('sh', args, { input: script, cwd: folder, encoding: 'utf8' });

const plain = stateOf(begin()).plan;
const ODD = 'it\'s "$HOME" `id` $(id); # \\ & *';
const odd: Plan = {
  ...plain,
  source: {
    ...plain.source,
    ref: { engineId: 'engine-a', name: ODD },
    statePath: `/data/${ODD}/state`,
    beside: `/data/${ODD}/state.`,
    configPath: `/data/${ODD}/c.conf`,
    url: `http://h:1/${encodeURIComponent(ODD)}`,
  },
  target: {
    ...plain.target,
    ref: { engineId: 'engine-b', name: `t ${ODD}` },
    statePath: `/t/${ODD}/state`,
    beside: `/t/${ODD}/state.`,
    configPath: `/t/${ODD}/c.conf`,
  },
  joc: {
    ...BY_NAME,
    url: `http://joc:1/${ODD}`,
    follow: 'update',
    to: [`http://t/${ODD}`],
    caption: ODD,
    move: {
      alias: ODD,
      network: `net ${ODD}`,
      source: { held: true, attached: true, others: [ODD] },
      target: { held: false, attached: true, others: [] },
    },
  },
};
const images = { source: 'sosberlin/js7:controller-2-7-3', target: "registry/odd image's" };
/** Each program tells its arguments; what a helper would run is read by a shell too. */
const STUBS = `
tell() { for a; do printf '%s\\0' "$a"; done; printf '\\n'; }
docker() { tell docker "$@" >&3; case $1 in inspect) echo false;; esac; for last; do :; done; case "$1 $*" in 'run '*' -c '*) sh -n -c "$last" || exit 9;; esac; }
curl() { tell curl "$@" >&3; }
exec 3>&1 >/dev/null
`;
const words = (p: Plan) => STEP_IDS.flatMap((step) => commandsOf(step, p, images).map((command) => ({ step, command })));

describe('quoting', () => {
  it('brings any text through a shell as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 20 }), (texts) => {
        const r = sh(`printf '%s\\0' ${texts.map(quote).join(' ')}`);
        expect(r.stderr).toBe('');
        expect(r.stdout.split('\0').slice(0, -1)).toEqual(texts);
      }),
      { numRuns: 40 },
    );
  });
  it('leaves plain words alone', () =>
    expect(['js7-demo', '/var/sos-berlin.com/state', 'a:b@c'].map(quote)).toEqual(['js7-demo', '/var/sos-berlin.com/state', 'a:b@c']));
});

describe.each([
  ['plain names', plain],
  ['odd names', odd],
] as const)('%s', (_, p) => {
  it('every step has commands, and a shell can read each', () => {
    for (const step of STEP_IDS) {
      expect(commandsOf(step, p, images).length, step).toBeGreaterThan(0);
      const r = sh('', ['-n', '-c', commandsOf(step, p, images).join('\n')]);
      expect(r.stderr, step).toBe('');
    }
  });
  it('run, they give the containers their own names, and only docker and curl are called', () => {
    const ran = sh(
      `${STUBS}\n${words(p)
        .filter((w) => w.step !== 'agents')
        .map((w) => w.command)
        .join('\n')}`,
    );
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    const calls = ran.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('\0').slice(0, -1));
    expect(calls.length).toBeGreaterThan(20);
    for (const [name] of calls) expect(['docker', 'curl']).toContain(name);
    const of = (verb: string) => calls.filter((c) => c[1] === verb);
    expect(of('start').map((c) => c.at(-1))).toEqual([p.target.ref.name]);
    expect(of('stop').map((c) => c.at(-1))).toEqual([p.source.ref.name]);
    expect(of('update').map((c) => c.at(-1))).toEqual([p.source.ref.name, p.target.ref.name]);
    const move = p.joc?.move;
    expect(of('network').map((c) => [c[2], c.at(-2), c.at(-1)])).toEqual([
      ['disconnect', move?.network, p.source.ref.name],
      ['connect', move?.network, p.source.ref.name],
      ['disconnect', move?.network, p.target.ref.name],
      ['connect', move?.network, p.target.ref.name],
    ]);
    // The source gets its other names only, the target its own and the one that is moved.
    const aliases = of('network').map((c) => c.filter((_, i) => c[i - 1] === '--alias'));
    expect(aliases).toEqual([[], move?.source.others, [], [...(move?.target.others ?? []), move?.alias]]);
    // What is copied never goes into the state directory, only beside it.
    const into = of('cp')
      .map((c) => c.at(-1) ?? '')
      .filter((to) => to.startsWith(`${p.target.ref.name}:`));
    expect(into).toHaveLength(2);
    for (const to of into) expect(to).toBe(`${p.target.ref.name}:${p.target.beside}incoming-7`);
    for (const run of of('run')) expect([p.source.ref.name, p.target.ref.name]).toContain(run[run.indexOf('--volumes-from') + 1]);
  });
});

it('on two engines the lock is made on both and removed from both; on one engine once', () => {
  const locks = (p: Plan) =>
    [commandsOf('lock', p, images), commandsOf('report', p, images)].map((c) => c.filter((l) => l.startsWith('docker')).length);
  expect([locks(plain), locks({ ...plain, sameEngine: true })]).toEqual([
    [2, 2],
    [1, 1],
  ]);
});

it('JOC Cockpit: a URL is registered only where it is to be updated; the proof is its proxy', () => {
  const tell = (p: Plan) => commandsOf('tell-joc', p, images).join('\n');
  expect(tell(plain)).not.toContain('controller/register');
  expect(tell(plain)).toContain('http://joc:4446/joc/api/agents');
  expect(tell(odd)).toContain('controller/register');
  const { joc: _, ...none } = plain;
  expect(tell(none)).toBe('# no JOC Cockpit follows this cluster');
});
it('the target is started by nothing but the step "start"', () => {
  for (const { step, command } of words(plain)) if (step !== 'start') expect(command, step).not.toMatch(/docker (start|restart|unpause)/);
});

describe('the plan as a document', () => {
  const wording = {
    say: (m: Parameters<typeof plainText>[0]) => plainText(m, en, { now: 0, zone: 'UTC' }),
    time: (at: number) => new Date(at).toISOString(),
  };
  const text = planDocument(odd, 'abcdef0123456789', images, wording);
  it('has each step once, in order, with words and commands', () => {
    const numbers = [...text.matchAll(/^## (\d+)\. (.+)$/gm)].map((m) => Number(m[1]));
    expect(numbers).toEqual(STEP_IDS.map((_, i) => i + 1));
    expect(text.match(/^```sh$/gm)).toHaveLength(STEP_IDS.length);
    expect(text).not.toMatch(/step\.\w|\{(source|target)\}|undefined/);
    for (const { command } of words(odd)) expect(text).toContain(command);
  });
  it('draws the point of no return between step 10 and step 11', () => {
    const at = (part: string) => text.indexOf(part);
    expect(at('## 10.')).toBeLessThan(at('**Point of no return.**'));
    expect(at('**Point of no return.**')).toBeLessThan(at('## 11.'));
  });
  it('its code blocks, one after the other, are a script that a shell reads', () => {
    const script = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map((m) => m[1]).join('\n');
    expect(sh('', ['-n', '-c', script]).stderr).toBe('');
  });
  it('leaves out what the plan leaves out', () => {
    const crashed = stateOf(begin('source-crashed')).plan;
    expect(planDocument(crashed, 'x'.repeat(64), images, wording)).not.toContain('"ShutDown"');
  });
});
