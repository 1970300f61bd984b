import 'server-only';
import type { FileEntry } from '../../../ports/engine';

/** S_IFREG, S_IFDIR, S_IFLNK. A map: Biome 2.6.8 rewrites octal keys of an object into other numbers. */
const KINDS = new Map<number, FileEntry['kind']>([
  [0o100000, 'file'],
  [0o040000, 'folder'],
  [0o120000, 'link'],
]);

type Fields = readonly [mode: string, bytes: string, seconds: string, uid: string, gid: string, inode: string];

function entry(name: string, [mode, bytes, seconds, uid, gid, inode]: Fields, linkTarget?: string): FileEntry {
  const raw = Number.parseInt(mode, 16);
  return {
    name,
    kind: KINDS.get(raw & 0o170000) ?? 'other',
    bytes: Number(bytes),
    modifiedAt: Number(seconds) * 1000,
    mode: raw & 0o7777,
    uid: Number(uid),
    gid: Number(gid),
    inode: Number(inode),
    ...(linkTarget !== undefined && { linkTarget }),
  };
}

/** What the script STAT printed. */
export function statFrom(output: string, name: string): FileEntry | undefined {
  const found = /^([0-9a-f]+) (\d+) (-?\d+) (\d+) (\d+) (\d+)\n([\s\S]*)$/.exec(output);
  if (!found) return undefined;
  const fields = found.slice(1, 7) as unknown as Fields;
  const seen = entry(name, fields);
  return seen.kind === 'link' ? entry(name, fields, found[7]) : seen;
}

/** What the script LIST printed, sorted by name. */
export function entriesFrom(output: string): readonly FileEntry[] | undefined {
  const half = output.indexOf('\0');
  if (half < 0) return undefined;
  const targets = new Map<string, string>();
  const pieces = output.slice(half + 1).split('\0');
  for (let i = 0; i + 1 < pieces.length; i += 2) targets.set((pieces[i] as string).slice(2), pieces[i + 1] as string);

  const found: FileEntry[] = [];
  const head = /([0-9a-f]+) (\d+) (-?\d+) (\d+) (\d+) (\d+) \.\//y;
  for (let at = 0; at < half; ) {
    head.lastIndex = at;
    const fields = head.exec(output);
    const end = output.indexOf('/\n', head.lastIndex);
    if (!fields || end < 0 || end > half) return undefined;
    const name = output.slice(head.lastIndex, end);
    found.push(entry(name, fields.slice(1, 7) as unknown as Fields, targets.get(name)));
    at = end + 2;
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}
