/** The commands at a terminal, with a person's answers given: what is asked, and that nothing is sent without a yes. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { type Api, type Asked, openApi } from './api';
import { type SwitchOver, switchOver } from './commands/prepare';
import { byHand, resume, runs, undo } from './commands/runs';
import { EXIT, Stop } from './exit';
import type { Context } from './terminal';
import { clean, say, table } from './words';

const check = (id: string, verdict: string) => ({ id, group: 'journal', verdict, measured: { key: 'check.joc.none' }, at: 1 });
const side = (slot: string) => ({ slot, name: `js7-${slot}`, engine: 'a', url: 'http://x' });
const plan = {
  hash: 'h'.repeat(64),
  variant: 'switch-over',
  source: side('primary'),
  target: side('secondary'),
  journalId: 'j',
  journalBytes: 1,
  steps: [],
  expectedMs: 1,
  expectedDownMs: 1,
};
const counts = { pass: 1, warn: 1, block: 0, unknown: 0 };
const prepared = {
  from: 'primary',
  to: 'secondary',
  checks: [check('joc', 'warn'), check('space', 'pass')],
  counts,
  ready: true,
  measuredAt: 1,
  plan,
};
const summary = {
  runId: '7',
  clusterId: 'demo',
  from: side('primary'),
  to: side('secondary'),
  state: 'asking',
  mode: 'forward',
  step: 'lock',
  number: 1,
  of: 14,
  stopped: { reason: 'interrupted', step: 'lock' },
};
const asking = {
  summary,
  choices: ['continue', 'undo', 'by-hand'],
  steps: [],
  compared: [],
  whyRecommended: [],
  undoWould: [{ key: 'step.lock.undo' }],
  remaining: [{ title: { key: 'step.start.title', params: { target: 'Secondary' } }, commands: ['docker start x'] }],
  log: [],
  report: {},
};

/** Answers of a person, in order; everything said and sent is kept. */
function at(answers: readonly string[] | undefined, run: object = asking, o: { prepared?: object; json?: boolean } = {}) {
  const left = [...(answers ?? [])];
  const sent: [string, unknown][] = [];
  const said: string[] = [];
  const known: Record<string, unknown> = {
    'GET /api/clusters': { data: [{ id: 'demo', name: 'Demo' }] },
    'GET /api/clusters/[id]/switch-over': o.prepared ?? prepared,
    'POST /api/clusters/[id]/runs': { runId: '7' },
    'GET /api/runs/[id]': run,
  };
  const api = {
    async ask(key: string, asked?: Asked) {
      if (key.startsWith('POST')) sent.push([key, asked?.input]);
      return known[key];
    },
  } as unknown as Api;
  const context: Context = {
    json: o.json ?? false,
    api: () => api,
    terminal: {
      asks: answers !== undefined,
      out: (t) => void said.push(t),
      note: (t) => void said.push(t),
      async question(t) {
        said.push(t);
        return left.shift() ?? '';
      },
    },
  };
  return { context, sent, said };
}
const wanted: SwitchOver = { reason: 'patching', follow: false };
const code = async (run: Promise<number>): Promise<number> => run.catch((e: unknown) => (e instanceof Stop ? e.code : Promise.reject(e)));

describe('switch-over at a terminal', () => {
  test('asks for each warning, then for the name of the active container, and sends just that', async () => {
    const t = at(['y', 'js7-primary']);
    expect(await code(switchOver(t.context, 'Demo', wanted))).toBe(EXIT.ok);
    expect(t.sent).toEqual([
      [
        'POST /api/clusters/[id]/runs',
        { from: 'primary', planHash: plan.hash, expectActive: 'js7-primary', reason: 'patching', accepted: ['joc'] },
      ],
    ]);
    expect(t.said.join('\n')).toContain('type the name of the container that is active now');
  });
  test.each([
    [['n'], EXIT.blocked],
    [[''], EXIT.blocked],
    [['y', 'js7-secondary'], EXIT.usage],
    [['y', 'y'], EXIT.usage],
    [['y', ''], EXIT.usage],
  ])('%j starts nothing', async (answers, exit) => {
    const t = at(answers);
    expect(await code(switchOver(t.context, 'demo', wanted))).toBe(exit);
    expect(t.sent).toEqual([]);
  });
  test('--yes alone still asks for the name; --accept asks for no warning', async () => {
    const t = at(['js7-primary']);
    expect(await code(switchOver(t.context, 'demo', { ...wanted, yes: true, accept: ['joc'] }))).toBe(EXIT.ok);
    expect(t.sent).toHaveLength(1);
  });
  test('what is not ready is shown and not asked about, whatever is confirmed', async () => {
    const blocked = { ...prepared, ready: false, checks: [check('space', 'block')], counts: { pass: 0, warn: 0, block: 1, unknown: 0 } };
    const t = at(undefined, asking, { prepared: blocked });
    expect(await code(switchOver(t.context, 'demo', { ...wanted, yes: true, expectActive: 'js7-primary' }))).toBe(EXIT.blocked);
    expect(t.said.join('\n')).toMatch(/NOT READY[\s\S]*BLOCK +space/);
    expect(t.sent).toEqual([]);
  });
  test('as JSON nothing but JSON goes to stdout', async () => {
    const t = at(undefined, asking, { json: true });
    await switchOver(t.context, 'demo', { ...wanted, yes: true, expectActive: 'js7-primary', accept: ['joc'] });
    expect(JSON.parse(t.said.at(-1) ?? '')).toEqual({ runId: '7' });
    expect(t.said).toHaveLength(2);
  });
});

describe('deciding on a run', () => {
  const o = { follow: false };
  test.each([
    ['resume', resume, 'continue'],
    ['undo', undo, 'undo'],
  ] as const)('%s shows where it stands, asks, and sends the choice', async (_, command, choice) => {
    const yes = at(['yes']);
    expect(await code(command(yes.context, '7', { ...o, why: 'seen' }))).toBe(EXIT.ok);
    expect(yes.sent).toEqual([['POST /api/runs/[id]/choose', { choice, why: 'seen' }]]);
    expect(yes.said.join('\n')).toContain('Handover was interrupted.');
    const no = at(['no']);
    expect(await code(command(no.context, '7', o))).toBe(EXIT.usage);
    const nobody = at(undefined);
    expect(await code(command(nobody.context, '7', o))).toBe(EXIT.usage);
    expect([no.sent, nobody.sent]).toEqual([[], []]);
  });
  test('an undo says what it will do, before it asks', async () => {
    const t = at(['no']);
    await code(undo(t.context, '7', o));
    expect(t.said[0]).toMatch(/It will:\n {2}The locks are removed\./);
  });
  test('what is not possible now is refused, and nothing is sent', async () => {
    for (const command of [resume, undo]) {
      const t = at(['y'], { ...asking, choices: [] });
      expect(await code(command(t.context, '7', { ...o, yes: true }))).toBe(EXIT.refused);
      expect(t.sent).toEqual([]);
    }
  });
  test('runs: a downtime that goes on is counted until now, and marked', async () => {
    const t = at(undefined);
    const row = { ...summary, startedAt: 1, by: 'm', reason: 'r' };
    const list = [
      { ...row, downSince: Date.now() - 65_000 },
      { ...row, downMs: 2_000 },
    ];
    const context = { ...t.context, api: () => ({ ask: async () => list }) as unknown as Api };
    await code(runs(context, {}));
    expect(t.said.join('\n')).toMatch(/ASKS +1.min 5.s, goes on +m[\s\S]*ASKS +2.s +m/);
  });
  test('by hand: the commands are shown again without a second choice', async () => {
    const t = at(undefined, { ...asking, summary: { ...summary, mode: 'by-hand' }, choices: ['done-by-hand'] });
    expect(await code(byHand(t.context, '7', {}))).toBe(EXIT.ok);
    expect(t.said.join('\n')).toContain('docker start x');
    expect(t.sent).toEqual([]);
  });
});

describe('words for a terminal', () => {
  test('a name cannot steer the terminal', () => {
    expect(clean('a\u001b[2Jb\nc\u202ed')).toBe('a [2Jb c d');
    expect(say({ key: 'check.alarms.some', params: { alarms: '\u001b]0;x\u0007' } })).toBe(' ]0;x ');
    expect(table(['A', 'B'], [['x\ny', 'z\r']])).toBe('A    B\nx y  z');
  });
  test('columns are as wide as their widest cell', () => expect(table(['A', 'BB'], [['aaa', 'b']])).toBe('A    BB\naaa  b'));
});

describe('answers of the server and exit codes', () => {
  test.each([
    [400, 'BAD_REQUEST', EXIT.usage],
    [401, 'NOT_LOGGED_IN', EXIT.refused],
    [403, 'FORBIDDEN', EXIT.refused],
    [404, 'NOT_FOUND', EXIT.failed],
    [409, 'CONFLICT', EXIT.refused],
    [409, 'LOCK_HELD', EXIT.refused],
    [502, 'ENGINE_UNREACHABLE', EXIT.failed],
    [500, 'INTERNAL', EXIT.failed],
    [418, undefined, EXIT.failed],
  ] as const)('%i %s is %i', async (status, problem, exit) => {
    let asked: { url: string | undefined; authorization: string | undefined; as: unknown } | undefined;
    const server = createServer((request, response) => {
      asked = { url: request.url, authorization: request.headers.authorization, as: request.headers['handover-as'] };
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(problem ? JSON.stringify({ problem: { code: problem, message: 'No.', remedy: 'Do.' } }) : 'tea');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      const api = openApi({ address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 't', as: 'Åda' });
      const stop = await api.ask('GET /api/runs/[id]', { params: { id: 'a/b?' } }).catch((e: unknown) => e);
      expect(stop).toBeInstanceOf(Stop);
      expect((stop as Stop).code).toBe(exit);
      expect(asked).toEqual({ url: '/api/runs/a%2Fb%3F', authorization: 'Bearer t', as: '%C3%85da' });
    } finally {
      server.close();
    }
  });
});
