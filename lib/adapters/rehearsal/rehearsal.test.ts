import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineSuite } from '../engine.suite';
import { type EngineWorld, READY_SCRIPT } from '../suite/world';
import { Containers } from './containers';
import { RehearsalEngine } from './engine';
import { digestOf, type EmulatedImage, putImage } from './making/images';

const IMAGE: EmulatedImage = {
  digest: digestOf('suite/making:1'),
  refs: ['suite/making:1'],
  labels: {},
  command: ['/bin/sh', '-c', READY_SCRIPT],
  env: {},
  port: 4444,
  seeds: [],
};

engineSuite('the rehearsal engine', async (): Promise<EngineWorld> => {
  const folder = mkdtempSync(join(tmpdir(), "handover rehearsal's "));
  const containers = new Containers(folder);
  const engine = new RehearsalEngine('docker-a', 'docker-a', containers);
  let second: { containers: Containers; engine: RehearsalEngine } | undefined;
  const need = (name: string) => containers.find(name) ?? fail(`no container ${name}`);
  return {
    engine,
    can: { owners: process.getuid?.() === 0, limitVolumes: false },
    async create(spec) {
      const made = containers.create({
        name: spec.name,
        hostname: spec.hostname ?? spec.name,
        image: { ref: 'suite/sh:1', digest: `sha256:${createHash('sha256').update('suite/sh:1').digest('hex')}` },
        command: ['/bin/sh', '-c', spec.script ?? READY_SCRIPT],
        env: spec.env ?? {},
        labels: spec.labels ?? {},
        mounts: (spec.volumes ?? []).map((v, i) => ({ volume: `${spec.name}-${i}`, target: v.target, readOnly: v.readOnly ?? false })),
        networks: [],
        ports: spec.ports ?? [],
        user: '',
        autoRemove: spec.autoRemove ?? false,
        restartPolicy: spec.restartPolicy ?? { name: 'no' },
      });
      if (!made.ok) throw new Error(made.error.message);
    },
    async image() {
      putImage(folder, IMAGE);
      return { ref: IMAGE.refs[0] ?? '', digest: IMAGE.digest };
    },
    async another() {
      const there = new Containers(join(folder, 'another'));
      second ??= { containers: there, engine: new RehearsalEngine('docker-b', 'docker-b', there) };
      return second.engine;
    },
    remove: (name) => containers.remove(need(name), { volumes: true }),
    async rename(from, to) {
      const r = containers.rename(need(from), to);
      if (!r.ok) throw new Error(r.error.message);
    },
    async kill(name) {
      process.kill(containers.run(need(name).id)?.pid ?? fail(`${name} does not run`), 'SIGKILL');
    },
    async close() {
      await engine.close();
      await second?.engine.close();
      for (const d of second?.containers.all() ?? []) await second?.containers.remove(d, { volumes: true });
      for (const d of containers.all()) await containers.remove(d, { volumes: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
});

function fail(why: string): never {
  throw new Error(why);
}
