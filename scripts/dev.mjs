// `npm run dev`: Next's development server on the rehearsal world, 127.0.0.1 only. Emulators are bundled once at the start.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureInstalled, root } from './install.mjs';

ensureInstalled();
const emulators = join(root, 'scripts/build-emulators.mjs');
if (existsSync(emulators) && spawnSync(process.execPath, [emulators], { cwd: root, stdio: 'inherit' }).status !== 0) process.exit(1);
const env = {
  ...process.env,
  HANDOVER_REHEARSAL: process.env.HANDOVER_REHEARSAL || 'on',
  HANDOVER_DATA: resolve(process.env.HANDOVER_DATA || join(root, 'data')),
  NEXT_TELEMETRY_DISABLED: '1',
};
env.HOSTNAME = env.HANDOVER_HOST || '127.0.0.1';
const next = [join(root, 'node_modules/next/dist/bin/next'), 'dev', '--hostname', env.HOSTNAME, '--port', env.PORT || '3000'];
process.exit(spawnSync(process.execPath, next, { cwd: root, stdio: 'inherit', env }).status ?? 0);
