/**
 * The rules of the code itself, read from every file: who may import whom, what the domain may touch, where a line `import 'server-only'` stands,
 * how long files are. Each rule has a planted violation below, so that a rule that sees nothing cannot stay green.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

interface Source {
  readonly path: string;
  readonly text: string;
}
interface Import {
  readonly what: string;
  readonly typeOnly: boolean;
}
type Zone = keyof typeof MAY_IMPORT | 'lib-root';

/** Zone → zones of our own code it may import (architecture.md, section 2). */
const MAY_IMPORT = {
  domain: ['domain'],
  ports: ['domain', 'ports'],
  usecases: ['domain', 'ports', 'usecases'],
  adapters: ['domain', 'ports'],
  contract: ['domain', 'contract'],
  client: ['contract', 'client'],
  server: ['domain', 'ports', 'usecases', 'adapters', 'contract', 'server'],
  api: ['server', 'contract', 'api'],
  app: ['components', 'server', 'contract', 'app'],
  components: ['components', 'client', 'contract', 'domain'],
  cli: ['domain', 'contract', 'cli'],
  e2e: ['contract', 'e2e'],
  root: ['server', 'contract', 'root'],
} as const;

const BROWSER_UI = ['radix-ui', 'tailwind-merge', 'lucide-react', 'sonner', 'react', 'react-dom', 'next'];
/** Zone → libraries it may import. `node` stands for Node's own modules; `anything` is for test worlds alone. */
const LIBRARIES: Record<keyof typeof MAY_IMPORT, readonly string[]> = {
  domain: [],
  ports: [],
  usecases: ['server-only', 'p-retry'],
  adapters: ['server-only', 'node'],
  contract: ['zod', 'zod-openapi'],
  client: ['swr', 'react'],
  server: [
    'server-only',
    'node',
    'next',
    'iron-session',
    'pino',
    'prom-client',
    'rate-limiter-flexible',
    'zod',
    'zod-openapi',
    'csv-stringify',
  ],
  api: ['next'],
  app: ['next', 'react', '@fontsource-variable/inter'],
  components: BROWSER_UI,
  cli: ['node', 'commander'],
  e2e: ['anything'],
  root: ['next', 'server-only', 'node'],
};
/** Outside system → its library, importable in this one folder only. */
const ADAPTER_LIBRARIES: Record<string, readonly string[]> = {
  docker: ['dockerode', 'docker-modem', 'ssh2', 'tar-stream', 'zod'],
  rehearsal: ['tar-stream'],
  controller: ['undici', 'lossless-json', 'zod'],
  joc: ['undici', 'lossless-json', 'zod'],
  http: ['undici'],
  store: ['libsql'],
  hocon: ['@pushcorn/hocon-parser'],
  yaml: ['yaml'],
};
const IMPURE =
  /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bfetch\(|\bprocess\.|\bset(?:Timeout|Interval|Immediate)\(|\bconsole\.|\bperformance\.|\bcrypto\./;

const isTest = (path: string) =>
  /\.(test|suite|spec|double|test-support)\.tsx?$/.test(path) || path.startsWith('lib/adapters/suite/') || /\/testing\//.test(path);

function zoneOf(path: string): Zone {
  const [top = '', second = ''] = path.split('/');
  if (top === 'lib') return second in MAY_IMPORT ? (second as Zone) : 'lib-root';
  if (top === 'app') return second === 'api' ? 'api' : 'app';
  return top === 'components' || top === 'e2e' ? top : 'root';
}

/** Code without comments; with `strings: false` also without the contents of strings. */
function code(text: string, strings = true): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<![:\\'"`/])\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, (m) =>
    m.startsWith('/') ? '' : strings ? m : "''",
  );
}

function importsOf(text: string): Import[] {
  const plain = code(text);
  const found = [...plain.matchAll(/^[ \t]*(import|export)\s+(type\s+)?[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm)].map((m) => ({
    what: m[3] as string,
    typeOnly: m[2] !== undefined,
  }));
  const bare = [...plain.matchAll(/^[ \t]*import\s*['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]/gm)];
  return [...found, ...bare.map((m) => ({ what: (m[1] ?? m[2]) as string, typeOnly: false }))];
}

/** Our own file that an import means, as a path from the root without ending; undefined for a library. */
function ownTarget(from: string, what: string): string | undefined {
  if (what.startsWith('@/')) return what.slice(2);
  return what.startsWith('.') ? posix.normalize(posix.join(posix.dirname(from), what)) : undefined;
}

type Rule = (source: Source) => string[];
const RULES: Record<string, Rule> = {
  'import table': ({ path, text }) => {
    const zone = zoneOf(path);
    if (zone === 'lib-root') return isTest(path) ? [] : [`${path} lies directly under lib`];
    return importsOf(text).flatMap(({ what }) => {
      const target = ownTarget(path, what);
      if (target === undefined || /\.(css|json)$/.test(target)) return [];
      const to = zoneOf(target);
      if (isTest(path) && zone !== 'e2e') return [];
      const allowed = to !== 'lib-root' && (MAY_IMPORT[zone] as readonly Zone[]).includes(to);
      // adapters/http is what the two adapters that speak HTTP share.
      const sameAdapter = zone === 'adapters' && to === 'adapters' && [path.split('/')[2], 'http'].includes(target.split('/')[2]);
      return allowed || sameAdapter || (isTest(path) && !/^lib\/(adapters|usecases|server)/.test(target))
        ? []
        : [`${path} imports ${what}`];
    });
  },
  libraries: ({ path, text }) => {
    const zone = zoneOf(path);
    if (zone === 'lib-root' || isTest(path) || LIBRARIES[zone].includes('anything')) return [];
    const own = zone === 'adapters' ? (ADAPTER_LIBRARIES[path.split('/')[2] ?? ''] ?? []) : [];
    return importsOf(text).flatMap(({ what, typeOnly }) => {
      if (ownTarget(path, what) !== undefined) return [];
      const library = what.startsWith('node:') ? 'node' : (/^(@[^/]+\/[^/]+|[^/]+)/.exec(what)?.[0] ?? what);
      const portType = zone === 'ports' && library === 'node' && typeOnly;
      return portType || LIBRARIES[zone].includes(library) || own.includes(library) ? [] : [`${path} imports ${what}`];
    });
  },
  'pure domain': ({ path, text }) => {
    const hit = zoneOf(path) === 'domain' && !isTest(path) ? IMPURE.exec(code(text, false)) : null;
    return hit ? [`${path} uses ${hit[0]}`] : [];
  },
  'server-only on line 1': ({ path, text }) => {
    const due = ['adapters', 'usecases', 'server'].includes(zoneOf(path)) && !isTest(path) && !path.endsWith('.d.ts');
    return due && !text.startsWith("import 'server-only';\n") ? [path] : [];
  },
  'no file over 400 lines': (s) => (lines(s) > 400 ? [`${s.path} has ${lines(s)}`] : []),
  'a route has at most 30 lines': (s) =>
    zoneOf(s.path) === 'api' && s.path.endsWith('/route.ts') && lines(s) > 30 ? [`${s.path} has ${lines(s)}`] : [],
  'no utils': ({ path }) => (/(^|\/)(utils?|helpers|misc|common)(\/|\.tsx?$)/.test(path) ? [path] : []),
};

const lines = (s: Source) => s.text.trimEnd().split('\n').length;
function quantile(values: readonly number[], q: number): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * q) - 1] ?? 0;
}

function read(folder: string): Source[] {
  const root = resolve(dirname(import.meta.filename), '..');
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((f) => f.isFile() && /\.tsx?$/.test(f.name))
    .map((f) => join(f.parentPath, f.name))
    .map((file) => ({ path: relative(root, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }));
}

const sources = ['app', 'components', 'lib', 'e2e'].flatMap(read);

describe('every file', () => {
  test('enough of them were seen', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.flatMap((s) => importsOf(s.text)).length).toBeGreaterThan(200);
    for (const zone of [
      'domain',
      'ports',
      'usecases',
      'adapters',
      'contract',
      'server',
      'client',
      'api',
      'app',
      'components',
      'cli',
      'e2e',
    ] as const) {
      expect.soft(sources.filter((s) => zoneOf(s.path) === zone).length, zone).toBeGreaterThan(1);
    }
  });
  test.each(Object.keys(RULES))('%s', (name) => {
    expect(sources.flatMap((s) => RULES[name]?.(s) ?? [])).toEqual([]);
  });
  test('files are short: median at most 70 lines, 95th percentile at most 250', () => {
    const lengths = sources.filter((s) => !isTest(s.path)).map(lines);
    expect(quantile(lengths, 0.5)).toBeLessThanOrEqual(70);
    expect(quantile(lengths, 0.95)).toBeLessThanOrEqual(250);
  });
});

describe('planted violations', () => {
  const long = (n: number) => 'x;\n'.repeat(n);
  const PLANTED: readonly (readonly [rule: string, path: string, bad: string, good: string])[] = [
    ['import table', 'lib/domain/a.ts', `import { x } from '../ports/clock';`, `import { x } from './b';`],
    ['import table', 'lib/ports/a.ts', `import type { x } from '../usecases/b';`, `import type { x } from '../domain/b';`],
    ['import table', 'lib/usecases/a.ts', `import { x } from '../adapters/docker/b';`, `import { x } from '../ports/b';`],
    ['import table', 'lib/adapters/docker/a.ts', `import { x } from '../store/b';`, `import { x } from './b';`],
    ['import table', 'lib/adapters/http/a.ts', `import { x } from '../joc/b';`, `import { x } from './b';`],
    ['import table', 'lib/adapters/joc/a.ts', `import { x } from '../controller/b';`, `import { x } from '../http/b';`],
    ['import table', 'lib/adapters/docker/a.ts', `import {\n  x,\n} from '../../usecases/b';`, `import { x } from '../../ports/b';`],
    ['import table', 'lib/contract/a.ts', `export { x } from '../server/b';`, `// import { x } from '../server/b';`],
    ['import table', 'lib/client/a.ts', `const x = await import('../server/b');`, `import { x } from '../contract/b';`],
    ['import table', 'lib/server/a.ts', `import { x } from '../client/b';`, `import { x } from '../adapters/docker/b';`],
    ['import table', 'app/api/a/route.ts', `import { x } from '@/lib/usecases/b';`, `import { x } from '@/lib/server/b';`],
    ['import table', 'app/a/page.tsx', `import { x } from '@/lib/adapters/docker/b';`, `import { x } from '@/components/b';`],
    ['import table', 'components/a.tsx', `import { x } from '@/lib/server/b';`, `import { x } from '@/lib/domain/b';`],
    ['import table', 'lib/cli/a.ts', `import { x } from '../server/b';`, `import type { x } from '../contract/b';`],
    ['import table', 'e2e/emulators/a.ts', `import { x } from '../../lib/adapters/controller/b';`, `import { x } from '../shared/b';`],
    ['import table', 'e2e/a.test.ts', `import { x } from '../lib/usecases/b';`, `import { x } from '../lib/contract/b';`],
    ['import table', 'lib/a.ts', 'x;', ''],
    ['libraries', 'lib/domain/a.ts', `import { x } from 'node:fs';`, `import { x } from './b';`],
    ['libraries', 'lib/ports/a.ts', `import { Readable } from 'node:stream';`, `import type { Readable } from 'node:stream';`],
    ['libraries', 'lib/usecases/a.ts', `import D from 'dockerode';`, `import 'server-only';`],
    ['libraries', 'lib/adapters/store/a.ts', `import D from 'dockerode';`, `import D from 'libsql';`],
    ['libraries', 'lib/adapters/docker/a.ts', `import { z } from 'undici';`, `import D from 'dockerode';`],
    ['libraries', 'components/a.tsx', `import useSWR from 'swr';`, `import Link from 'next/link';`],
    ['pure domain', 'lib/domain/a.ts', 'const t = Date.now();', `const t = 'Date.now()'; // Date.now()`],
    ['pure domain', 'lib/domain/a.ts', 'const t = Math.random();', 'const t = Math.max(1, 2);'],
    ['server-only on line 1', 'lib/adapters/docker/a.ts', `// why\nimport 'server-only';\n`, `import 'server-only';\n`],
    ['no file over 400 lines', 'lib/domain/a.ts', long(401), long(400)],
    ['a route has at most 30 lines', 'app/api/a/route.ts', long(31), long(30)],
    ['no utils', 'lib/domain/utils.ts', 'x;', ''],
  ];
  test.each(PLANTED)('%s: %s', (rule, path, bad, good) => {
    expect(RULES[rule]?.({ path, text: bad }), 'the violation is seen').toHaveLength(1);
    if (good) expect(RULES[rule]?.({ path, text: good }), 'what is allowed passes').toEqual([]);
  });
  test('every rule has one', () => {
    expect([...new Set(PLANTED.map(([rule]) => rule))].sort()).toEqual(Object.keys(RULES).sort());
  });
  test('the quantile is of the sorted values', () => {
    expect(quantile([9, 1, 5], 0.5)).toBe(5);
    expect(quantile([9, 1, 5], 0.95)).toBe(9);
  });
});
