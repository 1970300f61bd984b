import 'server-only';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** A process that cannot be mistaken for a later one with the same number: `birth` is its start time as the kernel tells it. */
export interface ProcessMark {
  readonly pid: number;
  /** Field 22 of /proc/PID/stat (ticks since boot); where there is no /proc, what `ps -o lstart=` prints. */
  readonly birth: string;
}

/** Does it run (a zombie does not)? */
export function runs(mark: ProcessMark): boolean {
  if (!existsSync('/proc/self/stat')) return birthByPs(mark.pid) === mark.birth.trim();
  try {
    const stat = readFileSync(`/proc/${mark.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(') ') + 2).split(' ');
    return fields[19] === mark.birth.trim() && fields[0] !== 'Z';
  } catch {
    return false;
  }
}

function birthByPs(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

/** Sends a signal if it is still the same process. `group` reaches all that it started: each container has a process group of its own. */
export function signal(mark: ProcessMark, name: NodeJS.Signals, o: { group?: boolean } = {}): void {
  if (!runs(mark)) return;
  try {
    process.kill(o.group ? -mark.pid : mark.pid, name);
  } catch {
    // It ended in this moment.
  }
}

/** Ends what a process left behind in its group, after it ended itself. Does nothing where its number belongs to another process by now. */
export function endGroupOf(mark: ProcessMark): void {
  try {
    const stat = existsSync(`/proc/${mark.pid}/stat`) ? readFileSync(`/proc/${mark.pid}/stat`, 'utf8') : undefined;
    const ours = stat === undefined || stat.slice(stat.lastIndexOf(') ') + 2).split(' ')[19] === mark.birth.trim();
    if (ours) process.kill(-mark.pid, 'SIGKILL');
  } catch {
    // Nothing is left.
  }
}
