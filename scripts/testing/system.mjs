// The programs that the browser and Docker parts need beside Node: found, or installed where that is ours to do (root on Debian), or named as missing.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const DEBIAN_PACKAGES = { chromium: 'chromium', dockerd: 'docker.io', iptables: 'iptables', ip: 'iproute2', busybox: 'busybox-static' };
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/local/bin', '/usr/bin', '/bin'];
const OTHER_CHROMIUMS = [
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** PATH with the folders of system programs, which a plain user's PATH may lack. */
export const PATH = [...new Set([...(process.env.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS])].join(delimiter);

/** Absolute path of a program, or undefined. */
export function find(program) {
  const places = PATH.split(delimiter).map((folder) => join(folder, program));
  if (program === 'chromium') places.push(...OTHER_CHROMIUMS);
  if (program === 'chromium' && process.env.HANDOVER_CHROMIUM) places.unshift(process.env.HANDOVER_CHROMIUM);
  return places.find(isExecutable);
}

/** Installs the Debian packages of the programs that are missing, when this is Debian and we are root. Says what it does. */
export function installMissing(programs) {
  const packages = programs.filter((p) => !find(p)).map((p) => DEBIAN_PACKAGES[p]);
  if (packages.length === 0 || process.getuid?.() !== 0 || !existsSync('/etc/debian_version') || !find('apt-get')) return;
  console.log(`Installing with apt-get: ${packages.join(' ')} …`);
  const env = { ...process.env, PATH, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] };
  spawnSync('apt-get', ['update', '-qq'], quiet);
  const r = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet);
  if (r.status !== 0) console.log(`apt-get ended with ${r.status}.`);
}

/** Why a part cannot run here, in a sentence; undefined when it can. */
export function whyNot(programs, { root = false } = {}) {
  if (root && process.platform !== 'linux') return `it needs Linux, this is ${process.platform}`;
  const missing = programs.filter((p) => !find(p));
  if (missing.length > 0) return `missing: ${missing.map((p) => `${p} (Debian package ${DEBIAN_PACKAGES[p]})`).join(', ')}`;
  if (root && process.getuid?.() !== 0) return 'it starts a dockerd of its own, which needs root';
  return undefined;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
