// Installs the packages of package-lock.json when they are not all there (also runnable alone: `node scripts/install.mjs`).
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** `npm ci`, unless node_modules holds every package of the lock file in its version. Ends the process when npm fails. */
export function ensureInstalled() {
  checkNode();
  if (isInstalled()) return;
  console.log('Installing packages (npm ci) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const r = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (r.status !== 0) {
    console.error('npm ci failed: see above. The machine must reach an npm registry once.');
    process.exit(1);
  }
}

function isInstalled() {
  const laid = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(laid)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(laid, 'utf8')).packages;
  return Object.entries(wanted).every(([where, p]) => where === '' || p.optional || p.peer || present[where]?.version === p.version);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24) return;
  console.error(`Node ${process.versions.node} is too old or an odd release: Handover needs Node 20.19+, 22.12+ or 24+.`);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureInstalled();
