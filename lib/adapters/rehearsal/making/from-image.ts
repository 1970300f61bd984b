import 'server-only';
import { createHash } from 'node:crypto';
import type { Result } from '../../../domain/result';
import type { InstanceSpec } from '../../../ports/making';
import type { Containers } from '../containers';
import type { ContainerDefinition, NewContainer } from '../definition';
import type { EmulatedImage } from './images';

/** Programs of this project by name: what to run on this machine. */
export type Programs = (name: string) => readonly string[] | undefined;

/** A folder that stands for one of the engine's host. Not a volume's name: those begin with a letter or digit. */
const bindFolder = (path: string): string => `.bind-${createHash('sha256').update(path).digest('hex').slice(0, 16)}`;

/** The port inside at which the program listens, as the container's environment says it. */
export const portInside = (image: EmulatedImage, env: Readonly<Record<string, string>>): number | undefined => {
  const told = Number(/(\d+)$/.exec(env.RUN_JS_HTTP_PORT ?? '')?.[1]);
  return told > 0 ? told : image.port;
};

export interface FromImage extends Omit<InstanceSpec, 'imageDigest' | 'imageRef'> {
  readonly image: EmulatedImage;
  readonly autoRemove?: boolean;
  /** The port on this machine's loopback interface where it listens. It need not be published. */
  readonly listensAt?: number;
}

/** Creates (not starts) a container from an image, as a real engine would. */
export function createFromImage(containers: Containers, programs: Programs, s: FromImage): Result<ContainerDefinition> {
  const env = { ...s.image.env, ...s.env };
  const inside = portInside(s.image, env);
  const mounts = s.mounts.map((m) =>
    m.kind === 'volume'
      ? { volume: m.source, target: m.target, readOnly: false }
      : { volume: bindFolder(m.source), target: m.target, readOnly: false, bind: m.source },
  );
  const filled = (text: string): string =>
    text
      .replace(/\{volume:([^}]+)\}/g, (_, target: string) =>
        containers.volumeFolder(mounts.find((m) => m.target === target)?.volume ?? 'none'),
      )
      .replace(/\{env:([^}]+)\}/g, (_, name: string) => env[name as keyof typeof env] ?? '')
      .replace('{port}', `127.0.0.1:${s.listensAt ?? 0}`);
  const command = s.image.command.flatMap((word, i) => {
    const program = i === 0 ? /^\{program:(.+)\}$/.exec(word)?.[1] : undefined;
    return program === undefined ? [filled(word)] : (programs(program) ?? ['/bin/sh', '-c', `echo "no ${program} here" >&2; exit 127`]);
  });
  const c: NewContainer = {
    name: s.name,
    hostname: s.hostname,
    image: { ref: s.image.refs[0] ?? s.image.digest, digest: s.image.digest },
    command,
    env,
    labels: { ...s.image.labels, ...s.labels },
    mounts,
    networks: s.networks.map((n) => ({ network: n.network, aliases: [...new Set(n.aliases)] })),
    ports: [...s.ports],
    user: s.user ?? '',
    autoRemove: s.autoRemove ?? false,
    restartPolicy: s.restartPolicy,
    ...(inside !== undefined && s.listensAt !== undefined && { listens: { inside, at: s.listensAt } }),
    ...(s.image.resolves && { resolves: true }),
    seeds: s.image.seeds,
  };
  return containers.create(c);
}
