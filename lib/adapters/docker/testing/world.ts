import 'server-only';
import Docker from 'dockerode';
import { importBusybox } from '../../../../e2e/docker/busybox-image';
import { startEngine, type TestEngine } from '../../../../e2e/docker/dockerd';
import type { Engine } from '../../../ports/engine';
import type { EngineWorld, InstanceSpec } from '../../suite/world';
import { READY_SCRIPT } from '../../suite/world';
import type { DockerEngineDeps } from '../open';
import { openDockerEngine } from '../open';

const IMAGE = 'handover-test/suite:1';

/** A world for the contract suite on a real engine, made and disturbed by a client of its own. */
export async function dockerWorld(socket: string, id = 'docker-a', deps: DockerEngineDeps = {}): Promise<EngineWorld> {
  await importBusybox(socket, IMAGE);
  const docker = new Docker({ socketPath: socket });
  const made = new Set<string>();
  const volumes: string[] = [];

  async function mountFor(spec: NonNullable<InstanceSpec['volumes']>[number], name: string): Promise<Docker.MountSettings> {
    const volume = `${name}${spec.target.replaceAll('/', '-')}-${volumes.length}`;
    volumes.push(volume);
    await docker.createVolume({
      Name: volume,
      ...(spec.bytes && { DriverOpts: { type: 'tmpfs', device: 'tmpfs', o: `size=${spec.bytes}` } }),
    });
    return { Type: 'volume', Source: volume, Target: spec.target, ReadOnly: spec.readOnly ?? false };
  }

  const ref = `handover-test/making-${process.pid}:1`;
  let image: Promise<string> | undefined;
  let second: { machine: TestEngine; engine: Engine } | undefined;
  const engine = openDockerEngine({ id, name: `Docker ${id}`, address: { kind: 'socket', path: socket } }, deps);
  return {
    engine,
    can: { owners: true, limitVolumes: true, networks: true },
    async create(spec) {
      const mounts = await Promise.all((spec.volumes ?? []).map((v) => mountFor(v, spec.name)));
      const ports = spec.ports ?? [];
      const container = await docker.createContainer({
        name: spec.name,
        Image: IMAGE,
        Cmd: ['sh', '-c', spec.script ?? READY_SCRIPT],
        ...(spec.hostname && { Hostname: spec.hostname }),
        Env: Object.entries(spec.env ?? {}).map(([k, v]) => `${k}=${v}`),
        Labels: { ...spec.labels },
        ExposedPorts: Object.fromEntries(ports.map((p) => [`${p.inside}/tcp`, {}])),
        HostConfig: {
          NetworkMode: ports.length > 0 ? 'bridge' : 'none',
          AutoRemove: spec.autoRemove ?? false,
          Mounts: mounts,
          ...(spec.restartPolicy && {
            RestartPolicy: { Name: spec.restartPolicy.name, MaximumRetryCount: spec.restartPolicy.maxRetries ?? 0 },
          }),
          PortBindings: Object.fromEntries(ports.map((p) => [`${p.inside}/tcp`, [{ HostIp: p.hostIp, HostPort: String(p.outside) }]])),
        },
      });
      made.add(container.id);
    },
    async image() {
      image ??= importBusybox(socket, ref, [`CMD ${JSON.stringify(['sh', '-c', READY_SCRIPT])}`]);
      return { ref, digest: await image };
    },
    async another() {
      if (!second) {
        const machine = await startEngine({ name: 'another' });
        const address = { kind: 'socket' as const, path: machine.socket };
        second = { machine, engine: openDockerEngine({ id: 'docker-b', name: 'Docker docker-b', address }, deps) };
      }
      return second.engine;
    },
    remove: (name) => docker.getContainer(name).remove({ force: true }),
    rename: (from, to) => docker.getContainer(from).rename({ name: to }),
    kill: (name) => docker.getContainer(name).kill(),
    async close() {
      await engine.close();
      await second?.engine.close();
      await second?.machine.remove();
      await Promise.all(
        [...made].map((name) =>
          docker
            .getContainer(name)
            .remove({ force: true })
            .catch(() => {}),
        ),
      );
      await Promise.all(
        volumes.map((name) =>
          docker
            .getVolume(name)
            .remove()
            .catch(() => {}),
        ),
      );
    },
  };
}
