// Bundles the command line into dist/cli/handover.mjs: one file that needs Node alone. Put in place by rename.
import { chmodSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { root } from './install.mjs';

const folder = join(root, 'dist/cli');

/** Returns the file. */
export async function buildCli() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const temporary = join(folder, `.handover.${process.pid}.mjs`);
  const file = join(folder, 'handover.mjs');
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [join(root, 'lib/cli/main.ts')],
    outfile: temporary,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    define: { HANDOVER_VERSION: JSON.stringify(version) },
    banner: {
      // commander is CommonJS and asks for Node's modules by `require`.
      js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'warning',
    absWorkingDir: root,
  });
  chmodSync(temporary, 0o755);
  renameSync(temporary, file);
  return file;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildCli();
