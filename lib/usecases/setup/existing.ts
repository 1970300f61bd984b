import 'server-only';
/** Fence and state directory: of a Secondary that was there before, and of one that was made. What is in the way is renamed, never deleted. */
import { withFlag, withoutBlock } from '../../domain/config/flag';
import { problem } from '../../domain/errors';
import type { RestartPolicy } from '../../domain/instance/instance';
import { err, ok, type Result } from '../../domain/result';
import type { SetupPlaces } from '../../domain/setup/setup';
import type { Engine } from '../../ports/engine';
import { folderOf, join, journalFiles } from '../switchover/look';
import type { Doing } from './act';
import { engineOf, type SetupContext } from './context';
import { readBytes } from './files';

/** What is longer is no configuration that Handover changes. */
const CONFIG_LIMIT = 60_000;

export async function moveAside({ ctx, plan }: Doing): Promise<Result<void>> {
  const e = plan.existing;
  if (!e) return ok(undefined);
  const engine = engineOf(ctx, e.engineId);
  return engine.ok ? move(engine.value, e.name, e.places.state, e.aside, e) : engine;
}
/** Back into the state directory; the emptied folder gets another name, so that a later look does not take it for a journal put aside. */
export async function moveBack({ ctx, plan }: Doing): Promise<Result<void>> {
  const e = plan.existing;
  if (!e) return ok(undefined);
  const engine = engineOf(ctx, e.engineId);
  if (!engine.ok) return engine;
  const moved = await move(engine.value, e.name, e.aside, e.places.state, e);
  if (!moved.ok) return moved;
  const done = `handover-undone-setup-${plan.setupId}-${ctx.clock.now()}`;
  const renamed = await engine.value.files(e.name).rename(e.aside, join(folderOf(e.aside), done));
  return !renamed.ok && renamed.error.code === 'PATH_NOT_FOUND' ? ok(undefined) : renamed;
}
async function move(
  engine: Engine,
  name: string,
  from: string,
  to: string,
  owner: { readonly uid: number; readonly gid: number },
): Promise<Result<void>> {
  const listed = await engine.files(name).list(from);
  if (!listed.ok) return listed.error.code === 'PATH_NOT_FOUND' ? ok(undefined) : listed;
  const names = journalFiles(listed.value).map((f) => f.name);
  if (names.length === 0) return ok(undefined);
  return engine.moving(name).moveFiles(from, to, names, { mode: 0o755, uid: owner.uid, gid: owner.gid });
}

export async function putFence({ ctx, plan }: Doing): Promise<Result<void>> {
  const e = plan.existing;
  if (e) return hold(ctx, e, { flag: 'on', policy: { name: 'no' }, keep: `before-setup-${plan.setupId}` });
  for (const i of plan.instances) {
    const held = await hold(ctx, i, {
      ...(i.slot === 'secondary' && { flag: 'on' as const }),
      policy: { name: 'no' },
      keep: `before-setup-${plan.setupId}`,
    });
    if (!held.ok) return held;
  }
  return ok(undefined);
}
export async function takeFenceBack({ ctx, plan }: Doing): Promise<Result<void>> {
  const e = plan.existing;
  return e ? hold(ctx, e, { flag: e.flag, policy: e.policy, keep: `undone-setup-${plan.setupId}` }) : ok(undefined);
}

interface Held {
  readonly flag?: 'on' | 'off';
  readonly policy: RestartPolicy;
  /** The former file stays beside it as `controller.conf.<keep>`. */
  readonly keep: string;
}
async function hold(
  ctx: SetupContext,
  of: { readonly engineId: string; readonly name: string; readonly places: SetupPlaces },
  held: Held,
): Promise<Result<void>> {
  const engine = engineOf(ctx, of.engineId);
  if (!engine.ok) return engine;
  const now = await engine.value.inspect(of.name);
  if (!now.ok) return now;
  if (now.value === 'absent') return err(problem('INSTANCE_NOT_FOUND', `There is no container ${of.name}.`));
  if (now.value.restartPolicy.name !== held.policy.name) {
    const set = await engine.value.setRestartPolicy(of.name, held.policy);
    if (!set.ok) return set;
  }
  return held.flag === undefined ? ok(undefined) : setFlag(ctx, engine.value, of, held.flag, held.keep);
}
/** Keeps the admin's own text byte for byte. */
async function setFlag(
  ctx: SetupContext,
  engine: Engine,
  of: { readonly name: string; readonly places: SetupPlaces },
  flag: 'on' | 'off',
  keep: string,
): Promise<Result<void>> {
  const path = `${of.places.config}/controller.conf`;
  const read = await readBytes(engine.files(of.name), path);
  if (!read.ok) return read;
  const reads = (text: string) => ctx.readConfig({ controllerConf: text });
  const [now, own] = await Promise.all([reads(read.value.toString('utf8')), reads(withoutBlock(read.value.toString('utf8')))]);
  if (!now.ok) return now;
  if (!own.ok) return own;
  if ((now.value.isBackup ? 'on' : 'off') === flag) return ok(undefined);
  const next = Buffer.from(withFlag(read.value.toString('latin1'), flag, own.value.isBackup ? 'on' : 'off'), 'latin1');
  const check = await reads(next.toString('utf8'));
  if (read.value.length >= CONFIG_LIMIT || !check.ok || (check.value.isBackup ? 'on' : 'off') !== flag)
    return err(
      problem('CONFIG_BROKEN', `${path} of ${of.name} could not be changed so that the flag reads ${flag}.`, {
        remedy: 'Look at the file; nothing was written.',
      }),
    );
  return engine.moving(of.name).replaceText(path, { content: next, keep: `${path}.${keep}` });
}
