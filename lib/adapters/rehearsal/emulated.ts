import 'server-only';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { withFlag, withoutBlock } from '../../domain/config/flag';
import type { RestartPolicy } from '../../domain/instance/instance';
import type { Containers } from './containers';
import type { ContainerDefinition } from './definition';
import { textOf, writeDurably, writeWhole } from './durable';
import { createFromImage } from './making/from-image';
import { digestOf, type EmulatedImage } from './making/images';

/** Where SOS's images from 2.5.2 on mount their data (reference/docker-images.md 1.3). */
export const CONTROLLER_DATA = '/var/sos-berlin.com/js7/controller';
const AGENT_DATA = '/var/sos-berlin.com/js7/agent';
/** Discovery knows emulations by this label, in images and here (lib/domain/cluster/discovery.ts). */
const EMULATION_LABEL = 'org.handover.emulation';

const JOC_DATA = '/var/sos-berlin.com/js7/joc';
/** The overlay network of the rehearsal world. */
export const NETWORK = 'js7';

/** First configurations, as the entrypoints of SOS's images write them into fresh volumes. */
const CONTROLLER_CONF = `# An emulated Controller of the rehearsal world: open to all, as the Controllers of SOS's images are at first
js7.web.server.auth.public = true
`;
/** The accounts of JOC and its History service with their usual passwords: JOC logs in with them even where all is open. */
const PRIVATE_CONF = `# Nothing secret: who may do what in the rehearsal world is decided by nobody
js7.configuration.trusted-signature-keys.X509 = \${js7.config-directory}"/private/trusted-x509-keys"
js7.auth.users {
  JOC { password = "plain:JS7-JOC", permissions = [ UpdateItem ] }
  History { password = "plain:JS7-History" }
}
`;

const folders = (data: string, ...names: string[]) => names.map((n) => ({ path: `${data}/${n}`, mode: 0o755 }));
const image = (ref: string, more: Omit<EmulatedImage, 'digest' | 'refs' | 'env'> & { env?: EmulatedImage['env'] }): EmulatedImage => ({
  digest: digestOf(ref),
  refs: [ref],
  env: {},
  ...more,
});
const CONTROLLER_IMAGE = image('handover-emulated/js7:controller-2-9-0', {
  labels: { [EMULATION_LABEL]: 'controller' },
  command: [
    '{program:controller}',
    `--config-directory={volume:${CONTROLLER_DATA}}/config`,
    `--data-directory={volume:${CONTROLLER_DATA}}`,
    '--http-port={port}',
    '--id={env:RUN_JS_ID}',
  ],
  env: { RUN_JS_ID: 'controller' },
  port: 4444,
  seeds: [
    ...folders(CONTROLLER_DATA, 'config/private/trusted-x509-keys', 'state', 'logs', 'work'),
    { path: `${CONTROLLER_DATA}/config/controller.conf`, text: CONTROLLER_CONF, mode: 0o644 },
    { path: `${CONTROLLER_DATA}/config/private/private.conf`, text: PRIVATE_CONF, mode: 0o600 },
  ],
});
const AGENT_IMAGE = image('handover-emulated/js7:agent-2-9-0', {
  labels: { [EMULATION_LABEL]: 'agent' },
  command: [
    '{program:agent}',
    `--config-directory={volume:${AGENT_DATA}}/config`,
    `--data-directory={volume:${AGENT_DATA}}`,
    '--http-port={port}',
  ],
  port: 4445,
  seeds: folders(AGENT_DATA, 'config', 'state', 'logs'),
});
const JOC_IMAGE = image('handover-emulated/js7:joc-2-9-0', {
  labels: { [EMULATION_LABEL]: 'joc' },
  command: ['{program:joc}', '--http-port={port}', `--data-directory={volume:${JOC_DATA}}`],
  port: 4446,
  resolves: true,
  seeds: folders(JOC_DATA, 'logs'),
});
/** All that an emulated engine of the rehearsal world has from the beginning. */
export const IMAGES: readonly EmulatedImage[] = [CONTROLLER_IMAGE, AGENT_IMAGE, JOC_IMAGE];

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

export function program(emulators: string, which: string): readonly string[] | undefined {
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
    mkdirSync(join(/*turbopackIgnore: true*/ data, sub), { recursive: true, mode: 0o755 });
  writeWhole(join(data, 'config/controller.conf'), withFlag(CONTROLLER_CONF, c.fenced ? 'on' : 'off', 'off'), 0o644);
  writeWhole(join(data, 'config/private/private.conf'), PRIVATE_CONF, 0o600);
  return create(containers, emulators, CONTROLLER_IMAGE, {
    name: c.name,
    port: c.port,
    data: { volume, target: CONTROLLER_DATA },
    env: { RUN_JS_ID: c.controllerId, RUN_JS_HTTP_PORT: '4444', RUN_JS_JAVA_OPTIONS: '-Xmx256m', RUN_JS_USER_ID: '1000:0', ...c.env },
    labels: c.labels ?? {},
    autoRemove: c.autoRemove ?? false,
    restartPolicy: c.restartPolicy ?? { name: 'no' },
  });
}

interface Beside {
  readonly name: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
}
export function createAgent(containers: Containers, emulators: string, a: Beside): ContainerDefinition | undefined {
  if (!program(emulators, 'agent')) return undefined;
  const data = { volume: `${a.name}-data`, target: AGENT_DATA };
  return create(containers, emulators, AGENT_IMAGE, { ...a, env: { RUN_JS_HTTP_PORT: '4445', ...a.env }, data });
}

export function createJoc(containers: Containers, emulators: string, j: Beside): ContainerDefinition | undefined {
  if (!program(emulators, 'joc')) return undefined;
  const data = { volume: `${j.name}-data`, target: JOC_DATA };
  return create(containers, emulators, JOC_IMAGE, { ...j, env: { RUN_JS_HTTP_PORT: '4446', ...j.env }, data });
}

function create(
  containers: Containers,
  emulators: string,
  of: EmulatedImage,
  c: Beside & {
    readonly data: { readonly volume: string; readonly target: string };
    readonly labels?: Readonly<Record<string, string>>;
    readonly autoRemove?: boolean;
    readonly restartPolicy?: RestartPolicy;
  },
): ContainerDefinition {
  const made = createFromImage(containers, (which) => program(emulators, which), {
    image: of,
    name: c.name,
    hostname: c.name,
    env: c.env,
    labels: c.labels ?? {},
    mounts: [{ kind: 'volume', source: c.data.volume, target: c.data.target }],
    networks: [{ network: NETWORK, aliases: [c.name] }],
    ports: [{ inside: of.port ?? 0, hostIp: '127.0.0.1', outside: c.port }],
    restartPolicy: c.restartPolicy ?? { name: 'unless-stopped' },
    autoRemove: c.autoRemove ?? false,
    listensAt: c.port,
  });
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
  // A new container has none until its first start.
  const read = (): string => textOf(path) ?? '';
  return {
    flag: () => flagIn(read()),
    setFlag(flag: 'on' | 'off') {
      mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
      writeDurably(path, withFlag(read(), flag, flagIn(withoutBlock(read()))), 0o644);
    },
  };
};

export const dataOf = (containers: Containers, d: ContainerDefinition): string =>
  containers.volumeFolder((d.mounts.find((m) => m.target === CONTROLLER_DATA) ?? d.mounts[0])?.volume ?? '');
