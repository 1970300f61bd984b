import 'server-only';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
/** Reading a configuration directory: what is in it, and its small texts. Bytes pass through memory only. */
import { holdsPrivateKey, isKeyFile } from '../../domain/setup/configuration';
import type { ConfigFile } from '../../domain/setup/facts';
import type { FileEntry, VolumeFiles } from '../../ports/engine';

const DEEPEST = 6;
const MOST = 2_000;
const TEXT_BYTES = 256 * 1024;
/** Files of these names may be PEM: they are looked into for a private key. */
const MAY_BE_PEM = /\.(pem|crt|cer|cert|asc|txt|conf|properties)$|(^|\/)[^.]+$/i;

export interface Listed extends ConfigFile {
  readonly entry: FileEntry;
}

export async function readBytes(files: VolumeFiles, path: string, limit = TEXT_BYTES): Promise<Result<Buffer>> {
  const r = await files.read(path, { offset: 0, length: limit });
  if (!r.ok) return r;
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of r.value as AsyncIterable<Buffer>) chunks.push(chunk);
  } catch (e) {
    return err(problem('ENGINE_ERROR', `Reading ${path} broke off.`, { detail: String((e as Error).message ?? e).slice(0, 2000) }));
  }
  return ok(Buffer.concat(chunks));
}

/** All files below a folder, sorted by path; folders too, each ending in `/`. Links are told as links. */
export async function listAll(
  files: VolumeFiles,
  root: string,
): Promise<Result<{ readonly files: readonly Listed[]; readonly folders: readonly { path: string; entry: FileEntry }[] }>> {
  const found: Listed[] = [];
  const folders: { path: string; entry: FileEntry }[] = [];
  const open: { path: string; depth: number }[] = [{ path: '', depth: 0 }];
  for (let at = open.shift(); at; at = open.shift()) {
    const listed = await files.list(at.path === '' ? root : `${root}/${at.path}`);
    if (!listed.ok) return listed;
    for (const entry of listed.value) {
      const path = at.path === '' ? entry.name : `${at.path}/${entry.name}`;
      if (entry.kind === 'folder') {
        folders.push({ path, entry });
        if (at.depth < DEEPEST) open.push({ path, depth: at.depth + 1 });
        continue;
      }
      const kind = entry.kind === 'file' ? 'file' : entry.kind === 'link' ? 'link' : 'other';
      found.push({ path, kind, bytes: entry.bytes, privateKey: kind === 'file' && isKeyFile(path), entry });
    }
    if (found.length > MOST) return err(problem('CONFLICT', `${root} holds more than ${MOST} files: that is no configuration directory.`));
  }
  const looked: Listed[] = [];
  for (const f of found.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    if (f.kind !== 'file' || f.privateKey || f.bytes > TEXT_BYTES || !MAY_BE_PEM.test(f.path)) looked.push(f);
    else {
      const text = await readBytes(files, `${root}/${f.path}`);
      if (!text.ok) return text;
      looked.push({ ...f, privateKey: holdsPrivateKey(text.value.toString('latin1')) });
    }
  }
  return ok({ files: looked, folders: folders.sort((a, b) => (a.path < b.path ? -1 : 1)) });
}
