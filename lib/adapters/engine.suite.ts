import 'server-only';
import { afterAll, beforeAll, describe } from 'vitest';
import { eventCases } from './suite/events';
import { fileCases } from './suite/files';
import { fileBoundaryCases } from './suite/files-boundaries';
import { helperCases } from './suite/helper';
import { lifecycleCases } from './suite/lifecycle';
import { lockCases } from './suite/locks';
import { logCases } from './suite/logs';
import { makingCases } from './suite/making';
import { movingCases } from './suite/moving';
import type { EngineWorld } from './suite/world';

export type { EngineWorld } from './suite/world';

/**
 * The contract of `lib/ports/engine.ts` as tests: every adapter passes all of them against a world that is really there.
 * `makeWorld` is called once; each case creates instances of its own with names no other case uses.
 */
export function engineSuite(title: string, makeWorld: () => Promise<EngineWorld>): void {
  describe(title, { timeout: 60_000 }, () => {
    let made: EngineWorld | undefined;
    const world = (): EngineWorld => {
      if (!made) throw new Error('The world was not made.');
      return made;
    };
    beforeAll(async () => {
      made = await makeWorld();
    }, 120_000);
    afterAll(async () => made?.close(), 60_000);

    describe('instances', () => lifecycleCases(world));
    describe('events', () => eventCases(world));
    describe('logs', () => logCases(world));
    describe('files', () => fileCases(world));
    describe('files at the edges', () => fileBoundaryCases(world));
    describe('moving a journal', () => movingCases(world));
    describe('helpers', () => helperCases(world));
    describe('making instances', () => makingCases(world));
    describe('locks', () => lockCases(world));
  });
}
