// The production build: emulators, pages and the standalone server with all its files in .next/standalone. Skipped with --if-needed when nothing changed since.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, root } from './install.mjs';

export const standalone = join(root, '.next/standalone');
const stamp = join(root, '.next/handover-build');
/** The data folder that the build is told, and must never make. */
const noData = join(root, '.tmp/build-data');
const SOURCES = [
  ...[
    'app',
    'components',
    'lib',
    'public',
    'e2e/emulators',
    'scripts/build.mjs',
    'scripts/build-emulators.mjs',
    'scripts/build-cli.mjs',
    'instrumentation.ts',
    'instrumentation-client.ts',
    'proxy.ts',
  ],
  ...['next.config.js', 'postcss.config.js', 'tsconfig.json', 'package.json', 'package-lock.json'],
];

/** Builds unless the last finished build was made from the same sources. */
export function ensureBuilt() {
  if (existsSync(stamp) && existsSync(join(standalone, 'server.js')) && readFileSync(stamp, 'utf8') === fingerprint()) return;
  build();
}

/** What belongs into the standalone folder. Next's tracing may take more of the project than it needs, a data folder with its key included. */
const KEPT = ['.next', 'node_modules', 'package.json', 'server.js'];

/** Builds. Ends the process when a part fails. */
export function build() {
  const made = fingerprint();
  rmSync(stamp, { force: true });
  rmSync(noData, { recursive: true, force: true });
  rmSync(standalone, { recursive: true, force: true });
  if (existsSync(join(root, 'scripts/build-emulators.mjs'))) step('emulators', [join(root, 'scripts/build-emulators.mjs')]);
  step('command line', [join(root, 'scripts/build-cli.mjs')]);
  step('next build', [join(root, 'node_modules/next/dist/bin/next'), 'build']);
  if (existsSync(noData)) fail('next build has opened the data folder: a page starts the runtime while it is built');
  for (const name of readdirSync(standalone)) if (!KEPT.includes(name)) rmSync(join(standalone, name), { recursive: true });
  cpSync(join(root, '.next/static'), join(standalone, '.next/static'), { recursive: true });
  if (existsSync(join(root, 'public'))) cpSync(join(root, 'public'), join(standalone, 'public'), { recursive: true });
  if (existsSync(join(root, 'dist'))) cpSync(join(root, 'dist'), join(standalone, 'dist'), { recursive: true });
  writeFileSync(stamp, made);
}

function step(name, args) {
  const started = performance.now();
  console.log(`Building: ${name} …`);
  const r = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', HANDOVER_DATA: noData, HANDOVER_REHEARSAL: 'off' },
  });
  if (r.status !== 0) fail(name);
  console.log(`Built: ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

function fail(what) {
  console.error(`Building failed: ${what}`);
  process.exit(1);
}

/** One hash over the contents of all that goes into the build, and Node's major version. */
function fingerprint() {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0] ?? '');
  const walk = (relative) => {
    const path = join(root, relative);
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) walk(`${relative}/${name}`);
    else if (!/\.test\.tsx?$/.test(relative)) hash.update(relative).update(readFileSync(path));
  };
  for (const source of SOURCES) walk(source);
  return hash.digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  ensureInstalled();
  if (process.argv.includes('--if-needed')) ensureBuilt();
  else build();
}
