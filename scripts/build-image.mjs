#!/usr/bin/env node
// Packs the emulated Controller, Agent or JOC Cockpit into an image for a real Docker Engine, without a registry: node with its libraries, busybox, the bundles,
// put together with `docker import` (reference: two-engines.md). The image has the mount points, variables and ports of SOS's images.
//   build-image.mjs [--host unix://…] [--product controller|agent|both|joc] [--tag REPOSITORY:TAG] [--layout var|old-var|three-volumes]
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: {
    host: { type: 'string' },
    product: { type: 'string', default: 'both' },
    tag: { type: 'string' },
    layout: { type: 'string', default: 'var' },
  },
});
const die = (text) => {
  console.error(text);
  process.exit(1);
};

const BUSYBOX =
  ['/bin/busybox', '/usr/bin/busybox'].find((f) => fs.existsSync(f)) ?? die('busybox is missing: apt-get install busybox-static');
if (
  !/not a dynamic|statically/.test(
    spawnSync('ldd', [BUSYBOX], { encoding: 'utf8' }).stdout + spawnSync('ldd', [BUSYBOX], { encoding: 'utf8' }).stderr,
  )
) {
  die(`${BUSYBOX} needs libraries: apt-get install busybox-static`);
}
if (spawnSync('docker', ['--version']).error) die('the docker command is missing: apt-get install docker.io');

/** Mount points by image generation (reference: docker-images 1.3). */
const VAR = {
  var: (p) => `/var/sos-berlin.com/js7/${p}`,
  'old-var': (p) => `/var/sos-berlin.com/js7/${p}/var`,
  'three-volumes': (p) => `/var/sos-berlin.com/js7/${p}/var`,
};
const DEFAULTS = {
  controller: { http: '4444', tag: 'handover-emulated/js7:controller-2-9-0' },
  agent: { http: '4445', tag: 'handover-emulated/js7:agent-2-9-0' },
  joc: { http: '4446', tag: 'handover-emulated/js7:joc-2-9-0' },
};
if (!VAR[values.layout]) die(`unknown --layout ${values.layout}`);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'handover-image-'));
try {
  execFileSync(process.execPath, [path.join(root, 'scripts/build-emulators.mjs')], { stdio: 'inherit' });
  fill();
  const products = values.product === 'both' ? ['controller', 'agent'] : [values.product];
  for (const product of products) importImage(product);
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}

function put(source, target, mode) {
  const to = path.join(folder, target);
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.copyFileSync(fs.realpathSync(source), to);
  if (mode) fs.chmodSync(to, mode);
}

/** A program and the libraries `ldd` names, at the paths the loader expects. */
function putProgram(source, target) {
  put(source, target, 0o755);
  for (const [, file] of execFileSync('ldd', [source], { encoding: 'utf8' }).matchAll(/(?:=>\s*)?(\/\S+)\s+\(0x/g)) put(file, file, 0o755);
}

function fill() {
  putProgram(process.execPath, 'usr/bin/node');
  const flock = ['/usr/bin/flock', '/bin/flock'].find((f) => fs.existsSync(f)) ?? die('flock is missing: apt-get install util-linux');
  // Not every busybox has it; without it the lock of a shared volume would not be seen from another container.
  putProgram(flock, 'usr/bin/flock');
  put(BUSYBOX, 'bin/busybox', 0o755);
  for (const applet of execFileSync(BUSYBOX, ['--list'], { encoding: 'utf8' }).split('\n').filter(Boolean)) {
    if (applet !== 'busybox') fs.symlinkSync('/bin/busybox', path.join(folder, 'bin', applet));
  }
  const home = 'opt/handover-emulation';
  for (const name of fs.readdirSync(path.join(root, 'dist/emulators')))
    if (/^[a-z-]+\.mjs$/.test(name)) put(path.join(root, 'dist/emulators', name), `${home}/${name}`);
  put(path.join(root, 'e2e/emulators/controller/run'), `${home}/run-controller`, 0o755);
  put(path.join(root, 'e2e/emulators/agent/run'), `${home}/run-agent`, 0o755);
  put(path.join(root, 'e2e/emulators/joc/run'), `${home}/run-joc`, 0o755);
  put(path.join(root, 'e2e/emulators/controller/image-entrypoint'), `${home}/entrypoint`, 0o755);
  put(path.join(root, 'e2e/emulators/joc/image-entrypoint'), `${home}/entrypoint-joc`, 0o755);
  for (const d of [
    'etc',
    'tmp',
    'root',
    'proc',
    'sys',
    'dev',
    'var/sos-berlin.com/js7/controller',
    'var/sos-berlin.com/js7/agent',
    'var/sos-berlin.com/js7/joc',
  ])
    fs.mkdirSync(path.join(folder, d), { recursive: true });
  fs.chmodSync(path.join(folder, 'tmp'), 0o1777);
  fs.writeFileSync(
    path.join(folder, 'etc/passwd'),
    'root:x:0:0:root:/root:/bin/sh\njobscheduler:x:1001:0::/var/sos-berlin.com/js7:/bin/sh\n',
  );
  fs.writeFileSync(path.join(folder, 'etc/group'), 'root:x:0:\n');
  fs.writeFileSync(path.join(folder, 'etc/os-release'), 'PRETTY_NAME="Handover emulation (busybox)"\n');
}

function importImage(product) {
  const { http, tag: standard } = DEFAULTS[product] ?? die(`unknown --product ${product}`);
  const tag = values.tag ?? standard;
  const mount = VAR[values.layout](product);
  const volumes =
    values.layout === 'three-volumes' && product !== 'joc' ? ['config', 'state', 'logs'].map((d) => `${mount}/${d}`) : [mount];
  const changes = [
    `ENTRYPOINT ["/bin/sh","/opt/handover-emulation/entrypoint${product === 'joc' ? '-joc' : ''}"]`,
    `ENV PATH=/usr/bin:/bin`,
    `ENV PRODUCT=${product}`,
    `ENV HTTP_DEFAULT=${http}`,
    `ENV EMULATED_VAR=${mount}`,
    `EXPOSE ${http}`,
    ...(product === 'joc' ? [] : [`EXPOSE ${product === 'controller' ? 4443 : 4446}`]),
    'LABEL org.handover.emulation=true',
    'LABEL org.opencontainers.image.title="Handover emulation, not a JS7 product"',
    ...volumes.map((v) => `VOLUME ${v}`),
  ];
  const host = values.host ? ['-H', values.host] : [];
  const tar = path.join(folder, '..', `${path.basename(folder)}.tar`);
  execFileSync('tar', ['--owner=0', '--group=0', '--numeric-owner', '-C', folder, '-cf', tar, '.']);
  try {
    const id = execFileSync('docker', [...host, 'import', ...changes.flatMap((c) => ['--change', c]), tar, tag], {
      encoding: 'utf8',
    }).trim();
    console.log(`${tag} ${id}`);
  } finally {
    fs.rmSync(tar, { force: true });
  }
}
