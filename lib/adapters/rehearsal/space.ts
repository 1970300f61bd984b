import 'server-only';
import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { faultsOf } from './faults';

/** Bytes in all files beneath a folder. */
export async function usedBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    entries
      .filter((e) => e.isFile())
      .map((e) =>
        stat(join(e.parentPath ?? folder, e.name)).then(
          (s) => s.size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, n) => sum + n, 0);
}

/** Space on the disk of an emulated engine: the real one of this machine, or the pretended limit while it is "full". */
export async function spaceOf(engineFolder: string): Promise<{ freeBytes: number; totalBytes: number }> {
  const disk = await statfs(engineFolder);
  const real = disk.bavail * disk.bsize;
  const limit = faultsOf(engineFolder).disk;
  const free = limit ? Math.min(real, limit.freeBytes - ((await usedBytes(join(engineFolder, 'volumes'))) - limit.usedBytes)) : real;
  return { freeBytes: Math.max(0, free), totalBytes: disk.blocks * disk.bsize };
}
