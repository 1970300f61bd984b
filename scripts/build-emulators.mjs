#!/usr/bin/env node
// Bundles the emulated Controller, Agent, ClusterWatch and JOC Cockpit into single files under dist/emulators: they start fast, and fit into an image.
// Files are put in place by rename: several start scripts may build at the same time.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const sources = path.join(root, 'e2e/emulators');
const target = path.join(root, 'dist/emulators');
const PROGRAMS = {
  controller: 'controller/main.ts',
  'controller-shutdown': 'controller/shutdown-client.ts',
  'make-journal': 'controller/make-journal.ts',
  agent: 'agent/main.ts',
  'cluster-watch': 'cluster-watch/main.ts',
  joc: 'joc/main.ts',
};

// The HOCON parser is CommonJS and asks for `require`; its HTTP source is never used, and would cost start time.
const banner = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url); const __dirname = '/'; const __filename = '/bundle';",
};

/** The parser loads its parts by names made at run time: here they are spelled out. Its HTTP client is left out: no configuration comes from the web. */
const hoconParser = {
  name: 'hocon-parser',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^rock-req$/ }, () => ({ path: 'rock-req', namespace: 'left-out' }));
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'exports.extend = () => ({});', loader: 'js' }));
    onLoad({ filter: /hocon-parser[/\\]lib[/\\]core[/\\]Context\.js$/ }, ({ path: file }) => {
      const library = path.resolve(path.dirname(file), '..');
      const parts = ['sources', 'builders', 'transforms'].flatMap((d) =>
        fs.readdirSync(path.join(library, d)).map((f) => `${d}/${path.parse(f).name}`),
      );
      const table = `{ ${parts.map((p) => `'${p}': () => require('../${p}')`).join(', ')} }`;
      // biome-ignore lint/suspicious/noTemplateCurlyInString: text of the library, to be found in it
      const asked = 'require (`../${d}/${f}`)';
      const text = fs.readFileSync(file, 'utf8');
      if (!text.includes(asked)) throw new Error('hocon-parser has changed: see scripts/build-emulators.mjs');
      return { contents: text.replace(asked, `(${table})[\`\${d}/\${f}\`]()`), loader: 'js' };
    });
  },
};

fs.mkdirSync(target, { recursive: true });
const entries = Object.entries(PROGRAMS).filter(([, file]) => fs.existsSync(path.join(sources, file)));
await Promise.all(
  entries.map(async ([name, file]) => {
    const temporary = path.join(target, `.${name}.${process.pid}.mjs`);
    await build({
      entryPoints: [path.join(sources, file)],
      outfile: temporary,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
      banner,
      plugins: [hoconParser],
      logLevel: 'warning',
      absWorkingDir: root,
    });
    fs.renameSync(temporary, path.join(target, `${name}.mjs`));
  }),
);
