// Prints docs/switch-over-steps.md from the step table of the runbook.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './install.mjs';

const contents = `
import { stepsDocument } from './lib/domain/switchover/diagram';
import { en } from './lib/domain/text/en';
export default stepsDocument((key) => en[key] ?? key);`;
const { outputFiles } = await build({
  stdin: { contents, resolveDir: root, loader: 'ts' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  write: false,
  logLevel: 'warning',
});
const { default: text } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
const file = join(root, 'docs/switch-over-steps.md');
writeFileSync(file, text);
console.log(file);
