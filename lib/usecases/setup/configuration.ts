import 'server-only';
/** Bringing the configuration into the new container's volumes. Bytes pass through memory only: no secret gets into an event, a log or a plan. */
import { withFlag, withoutBlock } from '../../domain/config/flag';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import { CONTROLLER_CONF, minimalConf, minimalPrivateConf, withAccount } from '../../domain/setup/configuration';
import type { PlannedInstance, SetupPlan } from '../../domain/setup/setup';
import type { FileEntry, VolumeFiles } from '../../ports/engine';
import type { Doing } from './act';
import { ACCOUNT, engineOf, type SetupContext } from './context';
import { listAll, readBytes } from './files';
import { confOf } from './measure-config';

type Owner = Pick<FileEntry, 'mode' | 'uid' | 'gid'>;
const changed = (path: string) =>
  err(
    problem('CONFLICT', `${path} of the Primary's configuration is not as it was planned.`, {
      remedy: 'Undo, and plan anew: nothing of the Primary was touched.',
    }),
  );

export async function copyConfiguration({ ctx, plan }: Doing): Promise<Result<void>> {
  const { from } = plan;
  const i = plan.instances[0];
  if (!from || !i) return err(problem('CONFLICT', 'The plan names no configuration to copy.'));
  const [a, b] = [engineOf(ctx, from.engineId), engineOf(ctx, i.engineId)];
  if (!a.ok) return a;
  if (!b.ok) return b;
  const primary = await a.value.inspect(from.name);
  if (!primary.ok) return primary;
  if (primary.value === 'absent' || primary.value.id !== from.containerId) return changed('The container');
  const [source, target] = [a.value.files(from.name), b.value.files(i.name)];
  const [listed, root, state] = await Promise.all([
    listAll(source, from.places.config),
    source.stat(from.places.config),
    source.stat(from.places.state),
  ]);
  if (!listed.ok) return listed;
  if (!root.ok) return root;
  if (!state.ok) return state;
  const conf = await confOf(ctx, source, primary.value, from.places, plan.closePublic === true);
  if ('code' in conf) return err(conf);
  const foreign = await foreignFolder(target, i, conf.next);
  if (!foreign.ok) return foreign;
  const made = await ensureFolder(target, i, i.places.config, root.value);
  if (!made.ok) return made;
  for (const { path, entry } of listed.value.folders) {
    const folder = await ensure(target, `${i.places.config}/${path}`, entry);
    if (!folder.ok) return folder;
  }
  // The fence first: from then on the new container cannot work, whoever starts it.
  for (const planned of [...plan.files].sort((x, y) => Number(y.path === CONTROLLER_CONF) - Number(x.path === CONTROLLER_CONF))) {
    if (planned.how === 'left-out') continue;
    const found = listed.value.files.find((f) => f.path === planned.path);
    if (!found || found.privateKey) return changed(planned.path);
    const to = `${i.places.config}/${planned.path}`;
    if (planned.path === CONTROLLER_CONF) {
      if (conf.next.length !== planned.bytes) return changed(planned.path);
      const written = await write(target, to, conf.next, found.entry);
      if (!written.ok) return written;
      continue;
    }
    if (found.bytes !== planned.bytes) return changed(planned.path);
    const content = await source.read(`${from.places.config}/${planned.path}`);
    if (!content.ok) return content;
    const written = await target.write(to, { content: content.value, bytes: found.bytes, ...ownerOf(found.entry) });
    if (!written.ok) return written;
  }
  return ensureFolder(target, i, i.places.state, state.value);
}

/** A folder of the engine's host may be somebody else's: what lies in it must be nothing, or what this set-up wrote first. */
async function foreignFolder(files: VolumeFiles, i: PlannedInstance, ours: Buffer): Promise<Result<void>> {
  if (!i.mounts.some((m) => m.kind === 'bind')) return ok(undefined);
  const there = await readBytes(files, `${i.places.config}/${CONTROLLER_CONF}`);
  if (!there.ok) return there.error.code === 'PATH_NOT_FOUND' ? ok(undefined) : there;
  if (there.value.equals(ours)) return ok(undefined);
  return err(
    problem('CONFLICT', `There is a configuration already in the folder that ${i.name} is to have. Nothing was written.`, {
      remedy: 'Undo, and choose a folder that is empty.',
    }),
  );
}

/** create-both: what the image brings stays; what it lacks is written, and Handover's own account is added. */
export async function writeFirstConfiguration({ ctx, plan }: Doing): Promise<Result<void>> {
  for (const i of [...plan.instances].sort((a, b) => (a.slot > b.slot ? -1 : 1))) {
    const written = await firstOf(ctx, plan, i);
    if (!written.ok) return written;
  }
  return ok(undefined);
}
async function firstOf(ctx: SetupContext, plan: SetupPlan, i: PlannedInstance): Promise<Result<void>> {
  const engine = engineOf(ctx, i.engineId);
  if (!engine.ok) return engine;
  const files = engine.value.files(i.name);
  const mount = mountOf(i, i.places.config);
  const root = await files.stat(mount);
  if (!root.ok) return root;
  const folder = { mode: 0o755, uid: root.value.uid, gid: root.value.gid };
  for (const path of [i.places.config, `${i.places.config}/private`, `${i.places.config}/private/trusted-x509-keys`]) {
    const there = await ensureFolder(files, i, path, folder);
    if (!there.ok) return there;
  }
  const conf = `${i.places.config}/${CONTROLLER_CONF}`;
  const secret = `${i.places.config}/private/private.conf`;
  const [before, account] = await Promise.all([textAt(files, conf), textAt(files, secret)]);
  if (!before.ok) return before;
  if (!account.ok) return account;
  const text = withoutBlock(before.value ?? minimalConf());
  const own = await ctx.readConfig({ controllerConf: text, env: i.env });
  if (!own.ok) return own;
  const flagged = withFlag(text, i.slot === 'secondary' ? 'on' : 'off', own.value.isBackup ? 'on' : 'off');
  const first = await write(files, conf, Buffer.from(flagged, 'latin1'), { ...folder, mode: 0o644 });
  if (!first.ok) return first;
  const accounts = withAccount(account.value ?? minimalPrivateConf(), ACCOUNT, ctx.passwordHash(ctx.secretOf(plan.setupId)));
  const second = await write(files, secret, Buffer.from(accounts, 'latin1'), { ...folder, mode: 0o640 });
  return second.ok ? ensureFolder(files, i, i.places.state, folder) : second;
}
async function textAt(files: VolumeFiles, path: string): Promise<Result<string | undefined>> {
  const read = await readBytes(files, path);
  if (read.ok) return ok(read.value.toString('latin1'));
  return read.error.code === 'PATH_NOT_FOUND' ? ok(undefined) : read;
}

const ownerOf = ({ mode, uid, gid }: Owner): Owner => ({ mode: mode & 0o7777, uid, gid });
const write = (files: VolumeFiles, path: string, content: Buffer, owner: Owner): Promise<Result<void>> =>
  files.write(path, { content, bytes: content.length, ...ownerOf(owner) });

async function ensure(files: VolumeFiles, path: string, owner: Owner): Promise<Result<void>> {
  const made = await files.makeFolder(path, ownerOf(owner));
  return !made.ok && made.error.code === 'CONFLICT' ? ok(undefined) : made;
}
const mountOf = (i: PlannedInstance, path: string): string =>
  i.mounts
    .map((m) => m.target.replace(/\/+$/, ''))
    .filter((t) => path === t || path.startsWith(`${t}/`))
    .sort((a, b) => b.length - a.length)[0] ?? path;
/** The folder and those above it, down from the mount in which it lies. */
async function ensureFolder(files: VolumeFiles, i: PlannedInstance, path: string, owner: Owner): Promise<Result<void>> {
  const mount = mountOf(i, path);
  const parts = path.slice(mount.length).split('/').filter(Boolean);
  for (let n = 1; n <= parts.length; n++) {
    const made = await ensure(files, `${mount}/${parts.slice(0, n).join('/')}`, owner);
    if (!made.ok) return made;
  }
  return ok(undefined);
}
