/** The runbook on real engines while something goes wrong: after each, exactly one Controller lives, with the same journal, and the other one does not come up by hand. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEngine, type TestEngine } from '../../e2e/docker/dockerd';
import type { Slot } from '../domain/cluster/cluster';
import type { RunEvent } from '../domain/switchover/events';
import { STEP, STEP_IDS, type StepId } from '../domain/switchover/steps';
import { makePlan } from '../usecases/switchover/make-plan';
import { prepare } from '../usecases/switchover/prepare';
import { exactlyOne as exactlyOneOf, finish, other, problems, stateOf } from './testing/docker-drill';
import { bundleChild, meddle, Way } from './testing/docker-faults';
import { createSite, DATA, type Desk, type DeskOptions, docker, openDesk, type Site, until } from './testing/docker-runs';

const root = process.cwd();
let engine: TestEngine;
let site: Site;
let dataDir: string;
let journalId: string;
/** Who has the journal now. */
let active: Slot = 'primary';
const program = join(root, '.tmp', `run-child-${process.pid}.mjs`);

beforeAll(async () => {
  engine = await startEngine({ name: 'faults' });
  execFileSync('node', ['scripts/build-image.mjs', '--host', engine.host, '--product', 'controller'], { stdio: 'pipe' });
  site = await createSite('faults', { primary: engine.socket, secondary: engine.socket });
  dataDir = mkdtempSync(join(tmpdir(), 'handover-faults-'));
  mkdirSync(join(root, '.tmp'), { recursive: true });
  await bundleChild(program);
  journalId = await withDesk({}, (d) => until('the Primary works', () => d.live('primary')));
}, 120_000);
afterAll(async () => {
  await engine?.remove();
  rmSync(dataDir, { recursive: true, force: true });
  rmSync(program, { force: true });
}, 60_000);

const open = new Set<Desk>();
/** A test that failed before may have left it either way, and its Handover open. */
beforeEach(async () => {
  for (const left of open) await closed(left);
  await withDesk({}, async (d) => {
    for (const slot of ['primary', 'secondary'] as const) if ((await d.live(slot)) !== undefined) active = slot;
  });
});

async function withDesk<T>(o: DeskOptions & { site?: Site; dataDir?: string }, work: (d: Desk) => Promise<T>): Promise<T> {
  const d = openDesk(o.site ?? site, o.dataDir ?? dataDir, o);
  open.add(d);
  try {
    return await work(d);
  } finally {
    if (open.has(d)) await closed(d);
  }
}
function closed(d: Desk): Promise<void> {
  open.delete(d);
  return d.close();
}
async function start(d: Desk, from: Slot): Promise<string> {
  const plan = await makePlan(d.ctx, d.cluster, from, d.store.runs.nextId());
  if (!plan.ok) throw new Error(plan.error.message);
  const started = d.runner.start(plan.value, { who: 'm.keller', reason: 'test' });
  if (!started.ok) throw new Error(started.error.message);
  return started.value;
}
const exactlyOne = (d: Desk, slot: Slot, s: Site = site, lineage = journalId) => exactlyOneOf(d, s, slot, lineage);

async function killedAt(from: Slot, die: { when: 'before' | 'after'; type: RunEvent['type']; step?: StepId }): Promise<void> {
  const child = spawn(process.execPath, [program, JSON.stringify({ site, dataDir, from, die })], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const s of [child.stdout, child.stderr])
    s.on('data', (b: Buffer) => {
      said += b.toString();
    });
  const signal = await new Promise((resolve) => child.on('exit', (_, sig) => resolve(sig)));
  expect(signal, said).toBe('SIGKILL');
}

const STEPS = STEP_IDS.filter((id) => !['move-name', 'tell-joc', 'agents'].includes(id) && STEP[id].acts);
describe('kill -9 of Handover', () => {
  const moments = STEPS.flatMap((step, i) => {
    const points = [
      ['before', 'StepIntended'],
      ['after', 'StepIntended'],
      ['before', 'StepEnded'],
      ['after', 'StepEnded'],
    ] as const;
    // Every step, and every moment over the steps: two moments each, one for the undo and one to go on.
    return [
      { step, point: points[i % 4] as (typeof points)[number], choice: 'undo' as const },
      { step, point: points[(i + 2) % 4] as (typeof points)[number], choice: 'continue' as const },
    ];
  });
  it.each(moments)(
    '$point.0 $point.1 of $step, then $choice',
    async ({ step, point: [when, type], choice }) => {
      await killedAt(active, { when, type, step });
      await withDesk({}, async (d) => {
        const [id] = d.runner.findInterrupted();
        if (id === undefined) throw new Error('The run is not found again');
        expect(stateOf(d, id).phase).toBe('asking');
        const pointPassed = stateOf(d, id).pointPassed;
        const taken = pointPassed ? 'continue' : choice;
        await finish(d, id, taken);
        if (taken === 'continue') active = other(active);
        await exactlyOne(d, active);
      });
    },
    90_000,
  );

  it.each(['before', 'after'] as const)(
    '%s the proof of the copy is written, then undo',
    async (when) => {
      await killedAt(active, { when, type: 'CopyVerified' });
      await withDesk({}, async (d) => {
        const [id = ''] = d.runner.findInterrupted();
        await finish(d, id, 'undo');
        await exactlyOne(d, active);
      });
    },
    90_000,
  );
});

describe('the way to the engine is lost', () => {
  it.each(STEPS)(
    'for a second when %s was intended',
    async (step) => {
      const way = new Way(engine);
      await way.join();
      let cut = false;
      let back: Promise<void> = Promise.resolve();
      const through = { ...site, sockets: { primary: way.path, secondary: way.path } };
      const onEvent: DeskOptions['onEvent'] = (when, e) => {
        if (cut || when !== 'after' || e.type !== 'StepIntended' || e.step !== step) return;
        cut = true;
        way.cut();
        back = delay(1000).then(() => way.join());
      };
      await withDesk({ site: through, onEvent }, async (d) => {
        const id = await start(d, active);
        await d.runner.settled(id);
        expect(cut).toBe(true);
        await back;
        if (stateOf(d, id).phase !== 'ended') await finish(d, id, 'continue');
        expect(stateOf(d, id).result).toBe('succeeded');
        active = other(active);
        await exactlyOne(d, active);
      });
      way.cut();
    },
    120_000,
  );

  it.each(['copy-ahead', 'copy-rest', 'retire', 'start'] as const)(
    'for good when %s was intended: it stops and asks, and goes on from a new start',
    async (step) => {
      const way = new Way(engine);
      await way.join();
      const through = { ...site, sockets: { primary: way.path, secondary: way.path } };
      const onEvent: DeskOptions['onEvent'] = (when, e) => {
        if (when === 'after' && e.type === 'StepIntended' && e.step === step) way.cut();
      };
      const id = await withDesk({ site: through, onEvent }, async (d) => {
        const run = await start(d, active);
        await d.runner.settled(run);
        expect(stateOf(d, run)).toMatchObject({ phase: 'asking', stopped: { reason: 'step-failed', step } });
        return run;
      });
      await withDesk({}, async (d) => {
        await finish(d, id, 'continue');
        active = other(active);
        await exactlyOne(d, active);
      });
    },
    120_000,
  );
});

describe('somebody else acts', () => {
  /** As long as a real Controller takes to come up, and to refuse. */
  let slow: Site;
  let slowData: string;
  let from: Slot = 'primary';
  let lineage: string;
  const inSlow = (onEvent: DeskOptions['onEvent'], work: (d: Desk) => Promise<void>): Promise<void> =>
    withDesk({ site: slow, dataDir: slowData, ...(onEvent && { onEvent }) }, work);
  beforeAll(async () => {
    const args = ['--env', 'EMULATED_START_MS=1000'];
    slow = await createSite('slow', { primary: engine.socket, secondary: engine.socket }, { args: { primary: args, secondary: args } });
    slowData = mkdtempSync(join(tmpdir(), 'handover-slow-'));
    await inSlow(undefined, async (d) => {
      lineage = await until('the Primary works', () => d.live('primary'));
    });
  }, 60_000);
  afterAll(() => {
    for (const n of Object.values(slow.names)) docker(engine.socket, 'rm', '-f', n);
    rmSync(slowData, { recursive: true, force: true });
  });
  beforeEach(() =>
    inSlow(undefined, async (d) => {
      for (const slot of ['primary', 'secondary'] as const) if ((await d.live(slot)) !== undefined) from = slot;
    }),
  );

  it.each(['shut-down', 'prove-fence', 'copy-rest'] as const)(
    'the source is started by hand after %s: the run stops and starts nothing',
    async (step) => {
      const m = meddle(step, engine.socket, () => slow.names[from]);
      await inSlow(m.onEvent, async (d) => {
        const id = await start(d, from);
        await d.runner.settled(id);
        expect(stateOf(d, id), problems(d, id)).toMatchObject({ phase: 'asking', stopped: { reason: 'source-running' } });
        expect(docker(engine.socket, 'inspect', '-f', '{{.State.Running}}', slow.names[other(from)])).toBe('false');
        expect(m.done()).toBe(true);
        m.undo();
        await finish(d, id, 'undo');
        await exactlyOne(d, from, slow, lineage);
      });
    },
    120_000,
  );

  it.each(['lock', 'prove-stopped', 'retire'] as const)(
    'the target is started by hand after %s: the run stops, and can be taken back',
    async (step) => {
      const m = meddle(step, engine.socket, () => slow.names[other(from)]);
      await inSlow(m.onEvent, async (d) => {
        const id = await start(d, from);
        await d.runner.settled(id);
        expect(stateOf(d, id), problems(d, id)).toMatchObject({ phase: 'asking', stopped: { reason: 'target-running' } });
        expect(m.done()).toBe(true);
        m.undo();
        await finish(d, id, 'undo');
        await exactlyOne(d, from, slow, lineage);
      });
    },
    120_000,
  );

  it('another Handover runs at the same time: it meets the lock, changes nothing, and the first one ends right', async () => {
    const second = mkdtempSync(join(tmpdir(), 'handover-second-'));
    let met: Promise<void> | undefined;
    const meet = async (): Promise<void> =>
      withDesk({ dataDir: second, self: 'another' }, async (d) => {
        const id = await start(d, active);
        await d.runner.settled(id);
        expect(stateOf(d, id)).toMatchObject({ phase: 'asking', stopped: { step: 'lock' } });
        // It saw whose lock it is, and waited; then it saw that the source is no more, and asks. It never began to act.
        expect(d.store.runs.events(id).filter((e) => e.type === 'StepIntended')).toEqual([]);
      });
    const onEvent: DeskOptions['onEvent'] = (when, e) => {
      if (when === 'after' && e.type === 'StepIntended' && e.step === 'copy-ahead') met = meet();
    };
    await withDesk({ onEvent }, async (d) => {
      const id = await start(d, active);
      await d.runner.settled(id);
      await met;
      expect(met).toBeDefined();
      expect(stateOf(d, id).result, problems(d, id)).toBe('succeeded');
      active = other(active);
      await exactlyOne(d, active);
    });
    rmSync(second, { recursive: true, force: true });
  }, 120_000);
});

describe('the engine is restarted with restart policies in force', () => {
  it.each(['shut-down', 'copy-rest', 'unfence'] as const)(
    'after %s: nobody comes up by himself, and the run goes on',
    async (step) => {
      let restarted: Promise<void> | undefined;
      const onEvent: DeskOptions['onEvent'] = (when, e) => {
        if (restarted || when !== 'after' || e.type !== 'StepEnded' || e.step !== step) return;
        restarted = engine.kill().then(() => engine.start());
      };
      await withDesk({ onEvent }, async (d) => {
        const id = await start(d, active);
        await until('the engine was restarted', async () => restarted !== undefined);
        await restarted;
        await d.runner.settled(id);
        expect(docker(engine.socket, 'inspect', '-f', '{{.State.Running}}', site.names[active])).toBe('false');
        if (stateOf(d, id).phase !== 'ended') await finish(d, id, 'continue');
        expect(stateOf(d, id).result, problems(d, id)).toBe('succeeded');
        active = other(active);
        await exactlyOne(d, active);
      });
    },
    180_000,
  );
});

describe('other containers', () => {
  async function thereAndBack(s: Site): Promise<void> {
    const own = mkdtempSync(join(tmpdir(), 'handover-other-'));
    await withDesk({ site: s, dataDir: own }, async (d) => {
      const lineage = await until('the Primary works', () => d.live('primary'));
      for (const from of ['primary', 'secondary'] as const) {
        const id = await start(d, from);
        await d.runner.settled(id);
        expect(stateOf(d, id).result, problems(d, id)).toBe('succeeded');
        await exactlyOne(d, other(from), s, lineage);
      }
    });
    rmSync(own, { recursive: true, force: true });
  }

  it('three volumes as in old images; the target on bind mounts, never started, with another user id', async () => {
    const image = 'handover-emulated/js7:three';
    execFileSync(
      'node',
      ['scripts/build-image.mjs', '--host', engine.host, '--product', 'controller', '--layout', 'three-volumes', '--tag', image],
      { stdio: 'pipe' },
    );
    const base = `${DATA}/var`;
    const folder = join(engine.folder, 'bind');
    const parts = ['config', 'state', 'logs'];
    for (const p of parts) mkdirSync(join(folder, p), { recursive: true });
    const s = await createSite(
      'three',
      { primary: engine.socket, secondary: engine.socket },
      {
        image,
        base,
        owner: '1234:56',
        mounts: {
          primary: parts.map((p) => `type=volume,src=three-${p},dst=${base}/${p}`),
          secondary: parts.map((p) => `type=bind,src=${folder}/${p},dst=${base}/${p}`),
        },
        args: { secondary: ['--env', 'RUN_JS_USER_ID=1234:56'] },
      },
    );
    await thereAndBack(s);
    const owners = execFileSync('sh', ['-c', `stat -c %u:%g ${folder}/state/*`], { encoding: 'utf8' })
      .trim()
      .split('\n');
    expect([...new Set(owners)]).toEqual(['1234:56']);
  }, 180_000);

  it('two engines: there and back', async () => {
    const second = await startEngine({ name: 'faults-b' });
    try {
      execFileSync('node', ['scripts/build-image.mjs', '--host', second.host, '--product', 'controller'], { stdio: 'pipe' });
      await thereAndBack(await createSite('two', { primary: engine.socket, secondary: second.socket }));
    } finally {
      await second.remove();
    }
  }, 180_000);

  it.each(['primary', 'secondary'] as const)(
    'a %s made with --rm is blocked before anything happens',
    async (slot) => {
      const s = await createSite(
        `rm-${slot}`,
        { primary: engine.socket, secondary: engine.socket },
        { args: { [slot]: ['--restart', 'no', '--rm'] } },
      );
      const own = mkdtempSync(join(tmpdir(), 'handover-rm-'));
      await withDesk({ site: s, dataDir: own }, async (d) => {
        await until('the Primary works', () => d.live('primary'));
        const { preflight } = await prepare(d.ctx, d.cluster, 'primary', []);
        expect(
          preflight.checks
            .filter((c) => c.verdict === 'block')
            .map((c) => c.id)
            .join(' '),
        ).toMatch(/containers-survive/);
      });
      for (const n of Object.values(s.names)) docker(engine.socket, 'rm', '-f', n);
      rmSync(own, { recursive: true, force: true });
    },
    90_000,
  );
});
