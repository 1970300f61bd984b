// `npm run bench`: runs every bench/*.bench.mjs (or those named: `npm run bench -- idle`) and writes the figures into docs/performance.md.
// `npm run bench -- NAME --engine docker`: on a real Docker Engine, for benches that have `engines`; its figures stand beside the others.
// A bench exports `title`, `what` (a sentence) and `run({ engine })`, which resolves with { figures: [{ name, value, unit, goal?, floor? }], notes? }.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureInstalled, root } from '../scripts/install.mjs';
import { pageOf } from './page.mjs';

ensureInstalled();
if (spawnSync(process.execPath, [join(root, 'scripts/build.mjs'), '--if-needed'], { stdio: 'inherit' }).status !== 0) process.exit(1);

const { values, positionals: only } = parseArgs({ allowPositionals: true, options: { engine: { type: 'string' } } });
const names = readdirSync(import.meta.dirname)
  .filter((f) => f.endsWith('.bench.mjs'))
  .map((f) => f.replace('.bench.mjs', ''))
  .filter((n) => only.length === 0 || only.includes(n));
if (names.length === 0) {
  console.error(`There is no bench ${only.join(', ')}`);
  process.exit(1);
}

// Figures of benches that do not run now stay as they are.
const store = join(root, 'docs/performance.json');
const results = existsSync(store) ? JSON.parse(readFileSync(store, 'utf8')) : {};
let missed = 0;
for (const name of names) {
  const bench = await import(pathToFileURL(join(import.meta.dirname, `${name}.bench.mjs`)).href);
  const { engine } = values;
  if (engine !== undefined && !bench.engines?.[engine]) {
    console.error(
      `The bench ${name} has no --engine ${engine}${bench.engines ? `; it has: ${Object.keys(bench.engines).join(', ')}` : ''}`,
    );
    process.exit(1);
  }
  const { title, what } = { ...bench, ...(engine && bench.engines[engine]) };
  console.log(`\n${title} …`);
  const { figures, notes = [] } = await bench.run(engine ? { engine } : {});
  for (const f of figures) {
    const ok = f.goal === undefined || (f.atLeast ? f.value >= f.goal : f.value <= f.goal);
    if (!ok) missed++;
    const goal = f.goal === undefined ? '' : `  (goal ${f.atLeast ? 'at least' : 'at most'} ${f.goal} ${f.unit}${ok ? '' : ': MISSED'})`;
    console.log(`  ${f.name}: ${f.value} ${f.unit}${goal}`);
  }
  for (const note of notes) console.log(`  ${note}`);
  const other = engine !== undefined && engine !== Object.keys(bench.engines)[0];
  results[other ? `${name} --engine ${engine}` : name] = {
    title,
    what,
    figures,
    notes,
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, load average ${loadavg()[1].toFixed(0)} (5 min)`,
    day: new Date().toISOString().slice(0, 10),
  };
}
mkdirSync(join(root, 'docs'), { recursive: true });
writeFileSync(store, `${JSON.stringify(results, null, 1)}\n`);
writeFileSync(join(root, 'docs/performance.md'), pageOf(results));
console.log(`\n${missed} goals missed; docs/performance.md is written.`);
