import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startEngine, type TestEngine } from '../../../../e2e/docker/dockerd';
import { codeOf, type EngineWorld, value } from '../../suite/world';
import { openDockerEngine } from '../open';
import { dockerWorld } from '../testing/world';

let small: TestEngine;
let world: EngineWorld;
let data: string;
const run = (...args: string[]) => spawnSync(args[0] ?? '', args.slice(1), { encoding: 'utf8' });

/** An engine whose data folder is a disk of 32 MB. */
beforeAll(async () => {
  world = await dockerWorld(inject('dockerSocket'));
  small = await startEngine({ name: 'small' });
  data = join(small.folder, 'data');
  await small.stop();
  expect(run('mount', '-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', data)).toMatchObject({ status: 0 });
  await small.start();
}, 120_000);
afterAll(async () => {
  await world.close();
  await small.stop();
  run('umount', '--recursive', '--lazy', data);
  await small.remove();
}, 60_000);

test('an image for which there is no room: DISK_FULL, and none is left; with room it is loaded', async () => {
  const { digest } = await world.image();
  const engine = openDockerEngine({ id: 'small', name: 'Small', address: { kind: 'socket', path: small.socket } });
  try {
    const filler = join(data, 'filler');
    // What is left free is less than the image (2 MB).
    const df = run('df', '--output=avail', '-k', data).stdout.split('\n')[1] ?? '0';
    writeFileSync(filler, Buffer.alloc((Number(df) - 1_200) * 1024));
    const outcome = await engine.making.loadImage(value(await world.engine.making.saveImage(digest)));
    expect(codeOf(outcome)).toBe('DISK_FULL');
    expect(value(await engine.making.image(digest))).toBe('absent');
    run('rm', filler);
    value(await engine.making.loadImage(value(await world.engine.making.saveImage(digest))));
    expect(value(await engine.making.image(digest))).toMatchObject({ digest });
  } finally {
    await engine.close();
  }
}, 60_000);
