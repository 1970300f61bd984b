import 'server-only';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withFlag, withoutBlock } from '../../domain/config/flag';
import type { RestartPolicy } from '../../domain/instance/instance';
import type { Containers } from './containers';
import type { ContainerDefinition, NewContainer } from './definition';
import { writeDurably, writeWhole } from './durable';

/** Where SOS's images from 2.5.2 on mount their data (reference/docker-images.md 1.3). */
export const CONTROLLER_DATA = '/var/sos-berlin.com/js7/controller';
const AGENT_DATA = '/var/sos-berlin.com/js7/agent';
/** Discovery knows emulations by this label, in images and here (lib/domain/cluster/discovery.ts). */
const EMULATION_LABEL = 'org.handover.emulation';

const image = (ref: string): NewContainer['image'] => ({ ref, digest: `sha256:${createHash('sha256').update(ref).digest('hex')}` });
const CONTROLLER_IMAGE = image('handover-emulated/js7:controller-2-9-0');
const AGENT_IMAGE = image('handover-emulated/js7:agent-2-9-0');

/** The folder with `controller/run` and `agent/run` (or the bundles `controller.mjs`, `agent.mjs`): as told, else where the project has it. */
export function findEmulators(told: string | undefined): string {
  const candidates = told ? [told] : ['e2e/emulators', '../../e2e/emulators', 'dist/emulators'];
  const found = candidates.map((c) => resolve(c)).find((c) => program(c, 'controller') !== undefined);
  if (!found)
    throw new Error(
      `The emulated Controller was not found in ${candidates.map((c) => resolve(c)).join(', ')}. Set HANDOVER_EMULATORS to the folder that holds controller/run.`,
    );
  return found;
}

export function program(emulators: string, which: 'controller' | 'agent'): readonly string[] | undefined {
  if (existsSync(join(emulators, which, 'run'))) return [join(emulators, which, 'run')];
  return existsSync(join(emulators, `${which}.mjs`)) ? [process.execPath, join(emulators, `${which}.mjs`)] : undefined;
}

export interface ControllerSpec {
  readonly name: string;
  readonly controllerId: string;
  /** On the loopback interface of this machine. */
  readonly port: number;
  readonly fenced: boolean;
  readonly restartPolicy?: RestartPolicy;
  readonly autoRemove?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  /** For the emulation: EMULATED_START_MS, EMULATED_STOP_MS, LICENSED … */
  readonly env?: Readonly<Record<string, string>>;
}

/** Creates (not starts) a container like those of SOS's images, with an emulated Controller and a first configuration. */
export function createController(containers: Containers, emulators: string, c: ControllerSpec): ContainerDefinition {
  const volume = `${c.name}-data`;
  const data = containers.volumeFolder(volume);
  for (const sub of ['config/private/trusted-x509-keys', 'state', 'logs', 'work'])
    mkdirSync(join(data, sub), { recursive: true, mode: 0o755 });
  writeWhole(join(data, 'config/controller.conf'), withFlag(CONTROLLER_CONF, c.fenced ? 'on' : 'off', 'off'), 0o644);
  writeWhole(join(data, 'config/private/private.conf'), PRIVATE_CONF, 0o600);
  return create(containers, {
    name: c.name,
    hostname: c.name,
    image: CONTROLLER_IMAGE,
    command: [
      ...(program(emulators, 'controller') ?? []),
      `--config-directory=${join(data, 'config')}`,
      `--data-directory=${data}`,
      `--http-port=127.0.0.1:${c.port}`,
      `--id=${c.controllerId}`,
    ],
    env: { RUN_JS_ID: c.controllerId, RUN_JS_HTTP_PORT: '4444', RUN_JS_JAVA_OPTIONS: '-Xmx256m', RUN_JS_USER_ID: '1000:0', ...c.env },
    labels: { [EMULATION_LABEL]: 'controller', ...c.labels },
    mounts: [{ volume, target: CONTROLLER_DATA, readOnly: false }],
    networks: [{ network: 'js7', aliases: [c.name] }],
    ports: [{ inside: 4444, hostIp: '127.0.0.1', outside: c.port }],
    user: '',
    autoRemove: c.autoRemove ?? false,
    restartPolicy: c.restartPolicy ?? { name: 'no' },
  });
}

export function createAgent(
  containers: Containers,
  emulators: string,
  a: { name: string; port: number; env: Readonly<Record<string, string>> },
): ContainerDefinition | undefined {
  const run = program(emulators, 'agent');
  if (!run) return undefined;
  const volume = `${a.name}-data`;
  const data = containers.volumeFolder(volume);
  for (const sub of ['config', 'state', 'logs']) mkdirSync(join(data, sub), { recursive: true, mode: 0o755 });
  return create(containers, {
    name: a.name,
    hostname: a.name,
    image: AGENT_IMAGE,
    command: [...run, `--config-directory=${join(data, 'config')}`, `--data-directory=${data}`, `--http-port=127.0.0.1:${a.port}`],
    env: { RUN_JS_HTTP_PORT: '4445', ...a.env },
    labels: { [EMULATION_LABEL]: 'agent' },
    mounts: [{ volume, target: AGENT_DATA, readOnly: false }],
    networks: [{ network: 'js7', aliases: [a.name] }],
    ports: [{ inside: 4445, hostIp: '127.0.0.1', outside: a.port }],
    user: '',
    autoRemove: false,
    restartPolicy: { name: 'unless-stopped' },
  });
}

function create(containers: Containers, c: NewContainer): ContainerDefinition {
  const made = containers.create(c);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

/** The configuration of an emulated Controller, as a person would change it: by hand, whether it runs or not. */
export const configuration = (containers: Containers, d: ContainerDefinition) => {
  const path = join(dataOf(containers, d), 'config/controller.conf');
  const flagIn = (text: string): 'on' | 'off' => {
    const last = [...text.matchAll(/^[^#\n]*\bis-backup\s*[=:]\s*"?(\w+)/gm)].at(-1)?.[1];
    return last !== undefined && ['true', 'on', 'yes'].includes(last) ? 'on' : 'off';
  };
  const read = (): string => readFileSync(path, 'utf8');
  return {
    flag: () => flagIn(read()),
    setFlag: (flag: 'on' | 'off') => writeDurably(path, withFlag(read(), flag, flagIn(withoutBlock(read()))), 0o644),
  };
};

export const dataOf = (containers: Containers, d: ContainerDefinition): string => containers.volumeFolder(d.mounts[0]?.volume ?? '');

const CONTROLLER_CONF = `# An emulated Controller of the rehearsal world: open to all, as the Controllers of SOS's images are at first
js7.web.server.auth.public = true
`;
const PRIVATE_CONF = `# Nothing secret: who may do what in the rehearsal world is decided by nobody
js7.configuration.trusted-signature-keys.X509 = \${js7.config-directory}"/private/trusted-x509-keys"
`;
