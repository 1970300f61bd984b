import 'server-only';
/** One engine, one pair and Handover's runs on it, for tests that break them: what every drill does and proves. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { startEngine, type TestEngine } from '../../../e2e/docker/dockerd';
import type { Slot } from '../../domain/cluster/cluster';
import type { Choice } from '../../domain/switchover/events';
import { foldRun, type RunState } from '../../domain/switchover/state';
import { makePlan } from '../../usecases/switchover/make-plan';
import { createSite, type Desk, type DeskOptions, docker, type Layout, openDesk, type Site, until } from './docker-runs';

export const other = (slot: Slot): Slot => (slot === 'primary' ? 'secondary' : 'primary');
export const stateOf = (d: Desk, id: string): RunState => foldRun(d.store.runs.events(id));
export const problems = (d: Desk, id: string): string =>
  JSON.stringify(
    d.store.runs.events(id).filter((e) => e.type === 'RunStopped' || (e.type === 'StepEnded' && e.outcome !== 'succeeded')),
    null,
    1,
  );

export async function begin(d: Desk, from: Slot): Promise<string> {
  const plan = await makePlan(d.ctx, d.cluster, from, d.store.runs.nextId());
  if (!plan.ok) throw new Error(plan.error.message);
  const started = d.runner.start(plan.value, { who: 'm.keller', reason: 'test' });
  if (!started.ok) throw new Error(started.error.message);
  return started.value;
}

/** Chooses until the run has ended; each choice must be open. */
export async function finish(d: Desk, id: string, choice: Choice): Promise<void> {
  for (let i = 0; i < 4 && stateOf(d, id).phase !== 'ended'; i++) {
    await until(`"${choice}" is open`, async () => {
      const seen = await d.runner.see(id);
      return seen.ok && seen.value.choices.includes(choice);
    });
    const chosen = await d.runner.choose(id, choice, { who: 'm.keller' });
    if (!chosen.ok) throw new Error(`${chosen.error.message} ${problems(d, id)}`);
    await d.runner.settled(id);
  }
  expect(stateOf(d, id).result, problems(d, id)).toBe(choice === 'undo' ? 'undone' : 'succeeded');
}

/** Exactly one lives, with the journal; the other one, started by hand, ends by itself or waits, and is no second one. */
export async function exactlyOne(d: Desk, s: Site, slot: Slot, lineage: string): Promise<void> {
  expect(await until(`the ${slot} works`, () => d.live(slot))).toBe(lineage);
  expect(await d.live(other(slot))).toBeUndefined();
  const [socket, name] = [s.sockets[other(slot)], s.names[other(slot)]];
  expect(docker(socket, 'inspect', '-f', '{{.State.Running}}', name)).toBe('false');
  docker(socket, 'start', name);
  await until('it refuses or idles', async () => {
    if (docker(socket, 'inspect', '-f', '{{.State.Running}}', name) === 'false') return true;
    const seen = await d.ctx.controller(d.cluster, other(slot))?.look();
    return seen?.ok && seen.value.node.kind !== 'failed';
  });
  expect(await d.live(other(slot))).toBeUndefined();
  expect(await d.live(slot)).toBe(lineage);
  docker(socket, 'stop', '-t', '20', name);
}

export interface Drill {
  readonly engine: TestEngine;
  readonly site: Site;
  readonly dataDir: string;
  readonly lineage: string;
  /** Who has the journal now. */
  active: Slot;
  /** `o.site`: another way to it. */
  within<T>(o: DeskOptions & { site?: Site }, work: (d: Desk) => Promise<T>): Promise<T>;
  /** Looks who works: a test that failed before may have left it either way. */
  lookWhoWorks(): Promise<void>;
  remove(): Promise<void>;
}

export async function openDrill(word: string, layout: Layout | ((engine: TestEngine) => Layout) = {}): Promise<Drill> {
  const engine = await startEngine({ name: word });
  execFileSync('node', ['scripts/build-image.mjs', '--host', engine.host, '--product', 'controller'], { stdio: 'pipe' });
  const asked = typeof layout === 'function' ? layout(engine) : layout;
  const site = await createSite(word, { primary: engine.socket, secondary: engine.socket }, asked);
  const dataDir = mkdtempSync(join(tmpdir(), `handover-${word}-`));
  async function within<T>(o: DeskOptions & { site?: Site }, work: (d: Desk) => Promise<T>): Promise<T> {
    const d = openDesk(o.site ?? site, dataDir, o);
    try {
      return await work(d);
    } finally {
      await d.close();
    }
  }
  const drill: Drill = {
    ...{ engine, site, dataDir, active: 'primary', within },
    lineage: await within({}, (d) => until('the Primary works', () => d.live('primary'))),
    lookWhoWorks: () =>
      within({}, async (d) => {
        for (const slot of ['primary', 'secondary'] as const) if ((await d.live(slot)) !== undefined) drill.active = slot;
      }),
    async remove() {
      await engine.remove();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return drill;
}
