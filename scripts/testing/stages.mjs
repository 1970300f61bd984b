// The stages of `npm test`, in their order. Each returns counts; `needs` says what must be on the machine.
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from '../install.mjs';
import { add, fromExitCode, fromLastLine, fromPlaywright, fromVitest, NONE } from './counts.mjs';
import { failingInPlaywright, failingInText, failingInVitest } from './failing.mjs';
import { folder, node } from './run.mjs';
import { find } from './system.mjs';

const bin = (path) => join(root, 'node_modules', path);
const VITEST = bin('vitest/vitest.mjs');
const kit = resolve(root, '../shared/conformance/run.mjs');
const jocKit = resolve(root, '../shared/conformance/run-joc.mjs');
const controller = join(root, 'e2e/emulators/controller/run');
const joc = join(root, 'e2e/emulators/joc/run');

/** Each result: { counts, failures: [{ name, output, failing: [{ name, why }] }] }. */
export const STAGES = [
  { name: 'static', title: 'Static checks (types, lint and format, unused code, architecture)', run: staticChecks },
  { name: 'unit', title: 'Unit, property, contract and component tests', needs: [], run: () => vitest('unit', ['unit', 'component']) },
  { name: 'build', title: 'Production build', run: build },
  {
    name: 'conformance',
    title: 'Conformance of the emulated Controller and JOC Cockpit',
    absent: () => {
      const missing = [kit, jocKit].find((k) => !existsSync(k));
      return missing && `there is no kit at ${missing} (it is kept beside the project's own checkout)`;
    },
    run: conformance,
  },
  { name: 'browser', title: 'Browser tests', needs: ['chromium'], run: () => playwright('browser') },
  {
    name: 'docker',
    title: 'Tests on a real Docker Engine',
    needs: ['dockerd', 'iptables', 'ip', 'busybox'],
    asRoot: true,
    run: () => vitest('docker', ['docker']),
  },
  {
    name: 'browser-docker',
    title: 'Browser tests on a real Docker Engine',
    needs: ['chromium', 'dockerd', 'iptables', 'ip', 'busybox'],
    asRoot: true,
    absent: () => (hasSpecs('docker') ? undefined : 'there are none yet'),
    run: () => playwright('docker'),
  },
];

async function staticChecks() {
  // Not incremental: TypeScript 7 keeps what it found before when only generated types have changed.
  const typegen = await node('typegen', [bin('next/dist/bin/next'), 'typegen']);
  const checks = await Promise.all([
    typegen.code === 0 ? node('types', [bin('typescript/bin/tsc'), '-p', '.', '--noEmit', '--incremental', 'false']) : typegen,
    node('lint', [bin('@biomejs/biome/bin/biome'), 'ci', '--max-diagnostics=200', '.']),
    node('unused', [bin('knip/bin/knip.js')]),
  ]);
  const architecture = await vitest('architecture', ['architecture']);
  const names = ['types', 'lint', 'unused'];
  return {
    counts: checks.map((c) => fromExitCode(c.code)).reduce(add, architecture.counts),
    failures: [...checks.flatMap((c, i) => (c.code === 0 ? [] : [asFailure(names[i], c)])), ...architecture.failures],
  };
}

/** The build, and whether every page of it keeps the budget of first-load JavaScript. */
async function build() {
  const built = await single('build', [join(root, 'scripts/build.mjs')]);
  if (built.failures.length > 0) return built;
  const weighed = await single('first-load', [join(root, 'scripts/testing/first-load.mjs')]);
  return { counts: add(built.counts, weighed.counts), failures: weighed.failures };
}

async function single(name, args) {
  const r = await node(name, args);
  return { counts: fromExitCode(r.code), failures: r.code === 0 ? [] : [asFailure(name, r)] };
}

async function vitest(name, projects) {
  const report = join(folder, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const r = await node(name, [VITEST, 'run', ...projects.flatMap((p) => ['--project', p]), ...reporters]);
  return judged(name, fromVitest(report, r.code), r, failingInVitest(report, root));
}

async function playwright(name) {
  const report = join(folder, `playwright-${name}.json`);
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report, HANDOVER_CHROMIUM: find('chromium') ?? '' };
  const args = [bin('@playwright/test/cli.js'), 'test', '--config', 'e2e/playwright.config.ts', '--project', name, '--reporter=list,json'];
  const r = await node(`playwright-${name}`, args, { env });
  return judged(name, fromPlaywright(report, r.code), r, failingInPlaywright(report));
}

/** One process for each scenario file of the Controller's kit, and one for JOC's: they wait most of the time (a fail-over takes 20 s). */
async function conformance() {
  const files = readdirSync(join(kit, '../scenarios'))
    .filter((f) => f.endsWith('.mjs'))
    .map((f) => f.replace('.mjs', ''))
    .sort();
  const runs = [
    ...files.map((file) => ({ name: file, args: [kit, '--controller', controller, '--only', `${file}:`] })),
    { name: 'joc', args: [jocKit, '--joc', joc, '--controller', controller] },
  ];
  const all = await Promise.all(
    runs.map(async ({ name, args }) => {
      const r = await node(`conformance-${name}`, args);
      return judged(`conformance ${name}`, fromLastLine(r.output, r.code), r);
    }),
  );
  return { counts: all.map((a) => a.counts).reduce(add, NONE), failures: all.flatMap((a) => a.failures) };
}

function judged(name, counts, r, failing = []) {
  return { counts, failures: counts.failed > 0 ? [asFailure(name, r, failing)] : [] };
}
/** A runner that names nothing is named itself, with what it said. */
function asFailure(name, r, failing = []) {
  return { name, output: r.output, failing: failing.length > 0 ? failing : [failingInText(name, r.output)] };
}

function hasSpecs(project) {
  const dir = join(root, 'e2e/specs');
  return existsSync(dir) && readdirSync(dir, { recursive: true }).some((f) => f.endsWith(`.${project}.spec.ts`));
}
