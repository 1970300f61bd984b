/**
 * `state/lock` (controller-api 8.5): an OS lock for the life of the process, containing the process id. Opened without truncation: a shorter
 * id leaves digits of a longer old one (recording 04b). Node has no file locks, so the `flock` program locks a descriptor that we keep open:
 * the lock belongs to the open file, lives as long as this process, and works between containers that share a volume.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';

/** True if this process now holds the lock. */
export async function takeLock(file: string): Promise<boolean> {
  const fd = fs.openSync(file, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o644);
  const flock = spawnSync('flock', ['-n', '3'], { stdio: ['ignore', 'ignore', 'ignore', fd] });
  const held = flock.error ? await takeSocketLock(fd) : flock.status === 0;
  if (held) fs.writeSync(fd, String(process.pid), 0);
  else fs.closeSync(fd);
  return held;
}

/** Where there is no `flock`: an abstract socket named after the file's inode. Dies with the process, too, but sees only its own network namespace. */
async function takeSocketLock(fd: number): Promise<boolean> {
  const { dev, ino } = fs.fstatSync(fd);
  const server = net.createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(`\0handover-emulator-${dev}-${ino}`, () => {
      server.unref();
      resolve(true);
    });
  });
}
