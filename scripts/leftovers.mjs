import { spawnSync } from 'node:child_process';

/** Does this command line name the folder, or something in its rehearsal? `/x/data` is neither `/x/data2` nor the data folder `/x/data/sub`. */
export function names(commandLine, dataFolder) {
  const folder = dataFolder.replace(/\/+$/, '');
  for (let at = commandLine.indexOf(folder); at >= 0; at = commandLine.indexOf(folder, at + 1)) {
    const before = commandLine[at - 1] ?? ' ';
    const rest = commandLine.slice(at + folder.length);
    if (/[\s"'=:,[]/.test(before) && /^\/*(?:$|[\s"',:\]]|rehearsal(?:[/\s"',:\]]|$))/.test(rest)) return true;
  }
  return false;
}

/**
 * Ends every process of a rehearsal whose command line names the data folder: its emulated containers run in sessions of their own, so that they
 * outlive a crash of the server; after a proper end there are none. Returns how many were ended.
 */
export function endLeftovers(dataFolder) {
  const listed = spawnSync('ps', ['-axww', '-o', 'pid=,command='], { encoding: 'utf8' }).stdout ?? '';
  const pids = listed
    .split('\n')
    .filter((line) => names(line, dataFolder) && /handover-rehearsal|emulators/.test(line))
    .map((line) => Number.parseInt(line, 10))
    .filter((pid) => pid > 1 && pid !== process.pid && pid !== process.ppid);
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself meanwhile.
    }
  }
  return pids.length;
}
