// `npm test`: everything, on a fresh clone with only Node and npm. `--only unit,static` chooses stages. The last line is the sum over all runners.
import { rmSync } from 'node:fs';
import { ensureInstalled } from './install.mjs';

ensureInstalled();
const { STAGES } = await import('./testing/stages.mjs');
const { add, NONE } = await import('./testing/counts.mjs');
const { asText } = await import('./testing/failing.mjs');
const { folder } = await import('./testing/run.mjs');
const { installMissing, whyNot } = await import('./testing/system.mjs');

const stages = chosen();
const ci = process.env.CI === 'true';
const started = performance.now();
rmSync(folder, { recursive: true, force: true });
installMissing([...new Set(stages.flatMap((s) => s.needs ?? []))]);

let total = NONE;
const skips = [];
const failing = [];
for (const stage of stages) {
  const why = whyNot(stage.needs ?? [], { root: stage.asRoot ?? false });
  const absent = stage.absent?.();
  if (why ?? absent) {
    const fails = why !== undefined && ci;
    total = add(total, fails ? { passed: 0, failed: 1, skipped: 0 } : { passed: 0, failed: 0, skipped: 1 });
    skips.push(`${fails ? 'FAILED' : 'SKIPPED'}: ${stage.title}: ${why ?? absent}`);
    console.log(`\n!!! ${skips.at(-1)}`);
    continue;
  }
  console.log(`\n${stage.title} …`);
  const begun = performance.now();
  const { counts, failures } = await stage.run();
  for (const failure of failures)
    console.log(`\n----- ${failure.name} -----\n${failure.output.trimEnd()}\n----- end of ${failure.name} -----`);
  // Once more, shortly: a log may keep only its end.
  const named = failures.flatMap((f) => f.failing);
  for (const one of named) console.log(asText(one));
  failing.push(...named.map((one) => `FAILED: ${stage.name}: ${one.name}`));
  console.log(
    `${counts.failed > 0 ? 'FAILED' : 'ok'} in ${seconds(begun)}: ${stage.name} ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`,
  );
  total = add(total, counts);
}

console.log(`\nAll in ${seconds(started)}; logs in .tmp/test.`);
for (const line of [...skips, ...failing]) console.log(line);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

function chosen() {
  const at = process.argv.indexOf('--only');
  if (at < 0) return STAGES;
  const names = (process.argv[at + 1] ?? '').split(',').filter(Boolean);
  const unknown = names.filter((n) => !STAGES.some((s) => s.name === n));
  if (names.length === 0 || unknown.length > 0) {
    console.error(`--only wants names out of: ${STAGES.map((s) => s.name).join(', ')}`);
    process.exit(2);
  }
  return STAGES.filter((s) => names.includes(s.name));
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
