import 'server-only';
import type Docker from 'dockerode';
import { problem } from '../../../domain/errors';
import type { Instance } from '../../../domain/instance/instance';
import { err, ok, type Result } from '../../../domain/result';
import type { InstanceSpec } from '../../../ports/making';
import { type Connection, meaning } from '../connection';
import { createContainer } from '../create';
import { instanceFrom } from '../instance';
import { SETUP_LABEL } from '../labels';
import { inspectByName, needByName } from '../look';
import { statusOf, wordsOf } from '../problems';
import { setAliases } from './aliases';
import { image, noImage } from './images';
import { networkNamed, noNetwork } from './networks';
import { madeBy, notOurs, taken } from './owned';
import { volume } from './volumes';

export async function makeInstance(c: Connection, spec: InstanceSpec, setupId: string): Promise<Result<Instance>> {
  const seen = await inspectByName(c, spec.name);
  if (!seen.ok) return seen;
  if (seen.value !== 'absent' && !madeBy(seen.value.Config.Labels, setupId)) return err(taken(c, 'container', spec.name));
  if (seen.value === 'absent') {
    const made = await create(c, spec, setupId);
    if (!made.ok) return made;
  }
  // Docker before 25 creates with one network only. A crash in between is made good here, too.
  for (const { network, aliases } of spec.networks) {
    if (aliases.length === 0 && network === spec.networks[0]?.network) continue;
    const attached = await setAliases(c, spec.name, network, aliases);
    if (!attached.ok) return attached;
  }
  const now = await needByName(c, spec.name);
  return now.ok ? ok(instanceFrom(c.settings.id, now.value)) : now;
}

async function create(c: Connection, spec: InstanceSpec, setupId: string): Promise<Result<void>> {
  const found = await image(c, spec.imageDigest);
  if (!found.ok) return found;
  if (found.value === 'absent') return err(noImage(c, spec.imageDigest, spec.imageRef));
  const { digest, refs } = found.value;
  for (const { network } of spec.networks) {
    const net = await networkNamed(c, network);
    if (!net.ok) return net;
    if (net.value === 'absent') return err(noNetwork(c, network));
  }
  for (const m of spec.mounts.filter((m) => m.kind === 'volume')) {
    const v = await volume(c, m.source);
    if (!v.ok) return v;
    // Docker would make it by itself, without a label.
    if (v.value === 'absent')
      return err(
        problem('PATH_NOT_FOUND', `${c.where} has no volume named "${m.source}" for "${spec.name}".`, {
          remedy: 'It was removed meanwhile. Go on: the step before makes it again.',
        }),
      );
  }
  // A tag may be moved between the look and the creation: what was made tells, and then the digest itself is taken.
  for (const which of refs.includes(spec.imageRef) ? [spec.imageRef, digest] : [digest]) {
    const made = await c.call(`creating the container "${spec.name}"`, c.limits.change, (docker, abortSignal) =>
      meaning(createContainer(docker, spec.name, abortSignal, settingsOf(spec, which, setupId)), (status, e) =>
        refusal(c, spec, status, e),
      ),
    );
    if (!made.ok) return made;
    const now = await needByName(c, spec.name);
    if (!now.ok) return now;
    if (now.value.Image === digest) return ok(undefined);
    const removed = await remove(c, made.value.id, spec.name);
    if (!removed.ok) return removed;
  }
  return err(noImage(c, spec.imageDigest, spec.imageRef));
}

function settingsOf(spec: InstanceSpec, which: string, setupId: string): Docker.ContainerCreateOptions {
  const key = (p: { inside: number }) => `${p.inside}/tcp`;
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const p of spec.ports) bindings[key(p)] = [...(bindings[key(p)] ?? []), { HostIp: p.hostIp, HostPort: String(p.outside) }];
  const [first] = spec.networks;
  return {
    Image: which,
    Hostname: spec.hostname,
    ...(spec.user !== undefined && { User: spec.user }),
    Env: Object.entries(spec.env).map(([k, v]) => `${k}=${v}`),
    Labels: { ...spec.labels, [SETUP_LABEL]: setupId },
    ExposedPorts: Object.fromEntries(spec.ports.map((p) => [key(p), {}])),
    HostConfig: {
      Mounts: spec.mounts.map((m) => ({ Type: m.kind, Source: m.source, Target: m.target })),
      PortBindings: bindings,
      RestartPolicy: {
        Name: spec.restartPolicy.name,
        MaximumRetryCount: spec.restartPolicy.name === 'on-failure' ? (spec.restartPolicy.maxRetries ?? 0) : 0,
      },
      ...(first && { NetworkMode: first.network }),
    },
    ...(first && {
      NetworkingConfig: {
        EndpointsConfig: { [first.network]: (first.aliases.length > 0 ? { Aliases: [...first.aliases] } : {}) as Docker.EndpointSettings },
      },
    }),
  };
}

function refusal(c: Connection, spec: InstanceSpec, status: number, e: unknown) {
  const detail = wordsOf(e);
  if (status === 409 && /name .* is already in use/i.test(detail)) return taken(c, 'container', spec.name);
  if (status === 404 && /no such image/i.test(detail)) return noImage(c, spec.imageDigest, spec.imageRef);
  if (/bind source path does not exist/i.test(detail))
    return problem('PATH_NOT_FOUND', `A folder that "${spec.name}" is to mount does not exist on the host of ${c.where}.`, {
      remedy: "Make the folder there first, with an owner that the container's user id can write as.",
      detail,
    });
  if (status === 400)
    return problem('BAD_REQUEST', `${c.where} does not take the settings of "${spec.name}".`, {
      remedy: 'The detail holds the words of the engine.',
      detail,
    });
  return undefined;
}

export async function removeInstance(c: Connection, name: string, setupId: string): Promise<Result<void>> {
  const seen = await inspectByName(c, name);
  if (!seen.ok) return seen;
  if (seen.value === 'absent') return ok(undefined);
  if (!madeBy(seen.value.Config.Labels, setupId)) return err(notOurs(c, 'container', name));
  if (!['created', 'exited', 'dead'].includes(seen.value.State.Status ?? '')) return err(running(c, name));
  return remove(c, seen.value.Id, name);
}

const running = (c: Connection, name: string, detail?: string) =>
  problem('CONFLICT', `"${name}" on ${c.where} is running, so it is not removed.`, { remedy: 'Stop it first.', ...(detail && { detail }) });

/** Not by force: what runs stays. `v` takes the nameless volumes that its image declares, which nobody else can have; named ones stay. */
async function remove(c: Connection, id: string, name: string): Promise<Result<void>> {
  const done = await c.call(`removing the container "${name}"`, c.limits.change, (docker, abortSignal) => {
    const asked = docker
      .getContainer(id)
      .remove({ v: true, abortSignal })
      .catch((e: unknown) => {
        if (statusOf(e) !== 404) throw e;
      });
    return meaning(asked as Promise<unknown>, (status, e) => (status === 409 ? running(c, name, wordsOf(e)) : undefined));
  });
  return done.ok ? ok(undefined) : done;
}
