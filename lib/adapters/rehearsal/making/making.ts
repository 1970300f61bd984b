import 'server-only';
import type { EngineId } from '../../../domain/engine/engine';
import { problem } from '../../../domain/errors';
import { err, ok, type Result } from '../../../domain/result';
import type { InstanceSpec, Making } from '../../../ports/making';
import type { Containers } from '../containers';
import { type ContainerDefinition, toInstance } from '../definition';
import { freePorts } from '../ports';
import { createFromImage, type Programs, portInside } from './from-image';
import { allImages, findImage, infoOf, loadImage, saveImage } from './images';
import { hasVolume, makeNetwork, makeVolume, networkNamed, networks, removeNetwork, removeVolume, SETUP_LABEL, volumes } from './things';

/** `reach`: every call passes the engine's faults first, and what is thrown becomes a problem. */
export function making(
  c: Containers,
  id: EngineId,
  where: string,
  programs: Programs,
  reach: <T>(act: () => Promise<Result<T>>) => Promise<Result<T>>,
): Making {
  const noImage = (digest: string) =>
    err(
      problem('IMAGE_NOT_FOUND', `${where} does not have the image ${digest}.`, { remedy: 'Copy it there from the engine that has it.' }),
    );
  const noNetwork = (name: string) => err(problem('NETWORK_NOT_FOUND', `${where} has no network named “${name}”.`));

  async function make(spec: InstanceSpec, setupId: string): Promise<Result<ContainerDefinition>> {
    const there = c.find(spec.name);
    if (there) {
      if (there.labels[SETUP_LABEL] === setupId) return ok(there);
      return err(
        problem('CONFLICT', `${where} has a container named “${spec.name}” already, and this set-up did not make it.`, {
          remedy: 'Choose another name, or remove it there if it is not needed.',
        }),
      );
    }
    const image = findImage(c.folder, spec.imageDigest);
    if (!image) return noImage(spec.imageDigest);
    const missing = spec.networks.find((n) => !networkNamed(c, n.network));
    if (missing) return noNetwork(missing.network);
    const volume = spec.mounts.find((m) => m.kind === 'volume' && !hasVolume(c, m.source));
    if (volume) return err(problem('PATH_NOT_FOUND', `${where} has no volume named “${volume.source}” for “${spec.name}”.`));
    const inside = portInside(image, { ...image.env, ...spec.env });
    const published = spec.ports.find((p) => p.inside === inside)?.outside;
    const [listensAt] = inside === undefined ? [] : await freePorts([undefined]);
    const made = createFromImage(c, programs, {
      ...spec,
      image,
      labels: { ...spec.labels, [SETUP_LABEL]: setupId },
      ...(listensAt !== undefined && { listensAt: published ?? listensAt }),
    });
    return made;
  }

  return {
    images: () => reach(async () => ok(allImages(c.folder).map(infoOf))),
    image: (which) =>
      reach(async () => {
        const found = findImage(c.folder, which);
        return ok(found ? infoOf(found) : ('absent' as const));
      }),
    saveImage: (digest, signal) =>
      reach(async () => {
        const found = findImage(c.folder, digest);
        return found ? ok(saveImage(c.folder, found, signal)) : noImage(digest);
      }),
    loadImage: (archive, o) => reach(() => loadImage(c.folder, where, archive, o)),
    networks: () => reach(async () => ok(networks(c))),
    makeNetwork: (name, setupId) => reach(async () => makeNetwork(c, where, name, setupId)),
    removeNetwork: (name, setupId) => reach(async () => removeNetwork(c, where, name, setupId)),
    volumes: () => reach(async () => ok(volumes(c))),
    makeVolume: (name, setupId) => reach(async () => makeVolume(c, where, name, setupId)),
    removeVolume: (name, setupId) => reach(async () => removeVolume(c, where, name, setupId)),
    makeInstance: (spec, setupId) =>
      reach(async () => {
        const d = await make(spec, setupId);
        return d.ok ? ok(toInstance(id, d.value, c.policy(d.value.id), c.run(d.value.id))) : d;
      }),
    removeInstance: (name, setupId) =>
      reach(async () => {
        const d = c.find(name);
        if (!d) return ok(undefined);
        if (d.labels[SETUP_LABEL] !== setupId)
          return err(problem('CONFLICT', `“${name}” on ${where} was not made by this set-up, so it is not removed.`));
        if (![undefined, 'exited'].includes(c.run(d.id)?.state))
          return err(problem('CONFLICT', `“${name}” on ${where} is running, so it is not removed.`, { remedy: 'Stop it first.' }));
        await c.remove(d, { volumes: false });
        return ok(undefined);
      }),
    setAliases: (name, network, aliases) =>
      reach(async () => {
        const d = c.find(name);
        if (!d)
          return err(
            problem('INSTANCE_NOT_FOUND', `There is no container ${name} on ${where}.`, {
              remedy: 'Look whether it was removed or renamed.',
            }),
          );
        if (!networkNamed(c, network)) return noNetwork(network);
        c.attach(d, network, [...new Set(aliases)]);
        return ok(undefined);
      }),
  };
}
