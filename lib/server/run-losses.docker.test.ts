/** What a run loses on a real engine, for good: the way to it at each step, the space on the target's disk; and what it leaves, deleted. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { STEP, STEP_IDS } from '../domain/switchover/steps';
import { listPutAside, purge } from '../usecases/switchover/retired';
import { begin, type Drill, exactlyOne, finish, openDrill, other, problems, stateOf } from './testing/docker-drill';
import { Way } from './testing/docker-faults';
import { createSite, DATA, type Desk, type DeskOptions, docker, openDesk, type Site, until } from './testing/docker-runs';

let drill: Drill;
beforeAll(async () => {
  drill = await openDrill('losses');
}, 180_000);
afterAll(() => drill?.remove(), 60_000);
beforeEach(() => drill.lookWhoWorks());

describe('the way to the engine is lost for good', () => {
  /** run-faults.docker.test.ts has these already. */
  const ELSEWHERE: readonly string[] = ['copy-ahead', 'copy-rest', 'retire', 'start'];
  /** Steps of a cluster that JOC Cockpit watches. */
  const JOC: readonly string[] = ['move-name', 'tell-joc'];
  it.each(STEP_IDS.filter((id) => STEP[id].acts && !JOC.includes(id) && !ELSEWHERE.includes(id)))(
    'when %s was intended: it stops and asks, and goes on from a new start',
    async (step) => {
      const way = new Way(drill.engine);
      await way.join();
      let cut = false;
      const through: Site = { ...drill.site, sockets: { primary: way.path, secondary: way.path } };
      const onEvent: DeskOptions['onEvent'] = (when, e) => {
        if (when !== 'after' || e.type !== 'StepIntended' || e.step !== step) return;
        cut = true;
        way.cut();
      };
      const id = await drill.within({ site: through, onEvent }, async (d) => {
        const run = await begin(d, drill.active);
        await d.runner.settled(run);
        expect([cut, stateOf(d, run).phase], problems(d, run)).toEqual([true, 'asking']);
        return run;
      });
      way.cut();
      await drill.within({}, async (d) => {
        await finish(d, id, 'continue');
        drill.active = other(drill.active);
        await exactlyOne(d, drill.site, drill.active, drill.lineage);
      });
    },
    120_000,
  );
});

describe('the target’s disk is full', () => {
  const LIMIT = 6 * 1024 * 1024;
  let folder: string;
  let site: Site;
  let dataDir: string;
  const sh = (script: string) => execFileSync('sh', ['-c', script], { stdio: 'pipe' });
  beforeAll(async () => {
    folder = join(drill.engine.folder, 'small');
    mkdirSync(folder, { recursive: true });
    // A disk of its own, as small as that, seen by the container as a bind mount.
    sh(`mount -t tmpfs -o size=${LIMIT} tmpfs '${folder}'`);
    const mounts = { primary: [`type=volume,src=full-primary,dst=${DATA}`], secondary: [`type=bind,src=${folder},dst=${DATA}`] };
    site = await createSite('full', { primary: drill.engine.socket, secondary: drill.engine.socket }, { mounts });
    dataDir = join(drill.dataDir, 'full');
    mkdirSync(dataDir);
  }, 120_000);
  afterEach(() => sh(`rm -f '${folder}/filler'`));
  afterAll(() => {
    for (const n of Object.values(site?.names ?? {})) docker(drill.engine.socket, 'rm', '-f', n);
    sh(`umount -l '${folder}' || true`);
  });
  async function within(onEvent: NonNullable<DeskOptions['onEvent']>, work: (d: Desk) => Promise<void>): Promise<void> {
    const d = openDesk(site, dataDir, { onEvent });
    try {
      await work(d);
    } finally {
      await d.close();
    }
  }
  const fill = () => sh(`dd if=/dev/zero of='${folder}/filler' bs=4096 2>/dev/null || true; sync`);

  it.each([
    ['copy-ahead', 'undo'],
    ['copy-rest', 'undo'],
    ['copy-rest', 'continue'],
  ] as const)(
    'at %s: the run says so, nothing is lost; room is made, %s ends it',
    async (step, choice) => {
      let filled = false;
      const onEvent: DeskOptions['onEvent'] = (when, e) => {
        if (filled || when !== 'after' || e.type !== 'StepIntended' || e.step !== step) return;
        filled = true;
        fill();
      };
      await within(onEvent, async (d) => {
        const lineage = await until('the Primary works', () => d.live('primary'));
        const id = await begin(d, 'primary');
        await d.runner.settled(id);
        expect(stateOf(d, id), problems(d, id)).toMatchObject({ phase: 'asking', stopped: { reason: 'step-failed', step } });
        expect(problems(d, id)).toContain('DISK_FULL');
        sh(`rm -f '${folder}/filler'`);
        await finish(d, id, choice);
        await exactlyOne(d, site, choice === 'undo' ? 'primary' : 'secondary', lineage);
      });
    },
    120_000,
  );
});

it('what a run has put aside is purged when nothing holds it, and the journal that works stays', async () => {
  await drill.within({}, async (d) => {
    const from = drill.active;
    const id = await begin(d, from);
    await d.runner.settled(id);
    expect(stateOf(d, id).result, problems(d, id)).toBe('succeeded');
    drill.active = other(from);
    const rules = { retentionDays: 0 };
    const all = await listPutAside(d.ctx, d.cluster, rules);
    const mine = all.found.filter((r) => r.runId === id && r.slot === from);
    expect(mine.map((r) => [r.provedMoved, r.held])).toEqual([[true, undefined]]);
    const path = mine[0]?.path ?? '';
    const words = (m: { key: string }) => m.key;
    expect(await purge(d.ctx, d.cluster, { slot: from, path }, { retentionDays: 30 }, words)).toMatchObject({
      error: { code: 'CONFLICT' },
    });
    expect(await purge(d.ctx, d.cluster, { slot: from, path }, rules, words)).toMatchObject({ ok: true });
    const left = await listPutAside(d.ctx, d.cluster, rules);
    expect(left.found.map((r) => r.path)).not.toContain(path);
    await exactlyOne(d, drill.site, drill.active, drill.lineage);
  });
}, 90_000);
