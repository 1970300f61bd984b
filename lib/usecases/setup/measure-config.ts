import 'server-only';
import { withoutBlock } from '../../domain/config/flag';
import type { Problem } from '../../domain/errors';
import type { Instance } from '../../domain/instance/instance';
import { CONTROLLER_CONF, secondaryConf } from '../../domain/setup/configuration';
import type { ConfigMeasured } from '../../domain/setup/facts';
import type { SetupPlaces } from '../../domain/setup/setup';
import type { Engine } from '../../ports/engine';
import type { SetupContext } from './context';
import { listAll, readBytes } from './files';

/** The Primary's configuration, and how its controller.conf will read in the Secondary. Of private.conf only what the flag needs is looked at. */
export async function measureConfig(
  ctx: Pick<SetupContext, 'readConfig'>,
  engine: Engine,
  instance: Instance,
  places: SetupPlaces,
  closePublic: boolean,
): Promise<ConfigMeasured | Problem> {
  const files = engine.files(instance.name);
  const listed = await listAll(files, places.config);
  if (!listed.ok) return listed.error;
  const made = await confOf(ctx, files, instance, places, closePublic);
  if ('code' in made) return made;
  return {
    files: listed.value.files.map(({ entry: _e, ...f }) => f),
    text: made.before.toString('utf8'),
    next: { text: made.next.toString('utf8'), bytes: made.next.length, flag: made.flag, nodes: made.nodes },
  };
}

export interface MadeConf {
  readonly before: Buffer;
  /** Byte for byte the Primary's text but for what Handover changes. */
  readonly next: Buffer;
  readonly flag: 'on' | 'off' | Problem;
  readonly nodes: 'none' | 'there';
}
/** controller.conf as the Secondary gets it. The same for the plan and for the act. */
export async function confOf(
  ctx: Pick<SetupContext, 'readConfig'>,
  files: ReturnType<Engine['files']>,
  instance: Pick<Instance, 'env'>,
  places: SetupPlaces,
  closePublic: boolean,
): Promise<MadeConf | Problem> {
  const read = await readBytes(files, `${places.config}/${CONTROLLER_CONF}`);
  if (!read.ok) return read.error;
  const secret = await readBytes(files, `${places.config}/private/private.conf`);
  if (!secret.ok && secret.error.code !== 'PATH_NOT_FOUND') return secret.error;
  const before = read.value;
  const own = await ctx.readConfig({ controllerConf: withoutBlock(before.toString('utf8')), env: instance.env });
  if (!own.ok) return own.error;
  // As single bytes, so that not even a comment in another encoding changes.
  const text = secondaryConf(
    before.toString('latin1'),
    { flag: own.value.isBackup ? 'on' : 'off', nodes: own.value.clusterNodes !== undefined, publicAccess: own.value.publicAccess },
    !closePublic,
  );
  const next = Buffer.from(text, 'latin1');
  const javaOptions = instance.env.RUN_JS_JAVA_OPTIONS;
  const reads = await ctx.readConfig({
    controllerConf: next.toString('utf8'),
    env: instance.env,
    ...(secret.ok && { privateConf: secret.value.toString('utf8') }),
    ...(javaOptions !== undefined && { javaOptions }),
  });
  if (!reads.ok) return { before, next, flag: reads.error, nodes: 'none' };
  return { before, next, flag: reads.value.isBackup ? 'on' : 'off', nodes: reads.value.clusterNodes === undefined ? 'none' : 'there' };
}
