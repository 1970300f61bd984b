import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Cluster } from '../../domain/cluster/cluster';
import type { EngineSettings } from '../../domain/engine/engine';
import type { JocSettings } from '../../domain/joc/joc';
import { type Store, StoreError } from '../../ports/store';
import { openDatabase } from './database';
import { openStore } from './open';
import { timelineTable } from './plain-tables';

let dir: string;
let opened: Store[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'handover-store-'));
});
afterEach(() => {
  for (const s of opened) s.close();
  opened = [];
  rmSync(dir, { recursive: true, force: true });
});
const open = (o: { dataDir?: string; keyFile?: string } = {}): Store => {
  const { store } = openStore({ dataDir: dir, keyFile: join(dir, 'key'), ...o });
  opened.push(store);
  return store;
};
const closeAll = () => {
  for (const s of opened) s.close();
  opened = [];
};
const refusal = (work: () => unknown): StoreError => {
  try {
    work();
  } catch (e) {
    if (e instanceof StoreError) return e;
    throw e;
  }
  throw new Error('was not refused');
};

const engine: EngineSettings = {
  id: 'a',
  name: 'Host A',
  address: { kind: 'tls', host: 'a', port: 2376, ca: 'CA', cert: 'CERT', key: 'SECRET-TLS-KEY' },
};
const cluster: Cluster = {
  id: 'pay',
  name: 'Payments – "ä"',
  controllerId: 'controller',
  createdAt: 1,
  primary: {
    ref: { engineId: 'a', name: 'p' },
    access: { url: 'http://a:4444', user: 'u', password: 'SECRET-PASSWORD', clientCert: 'CC', clientKey: 'SECRET-CLIENT-KEY' },
  },
  secondary: { ref: { engineId: 'a', name: 's' }, access: { url: 'http://a:5555' } },
};

const joc: JocSettings = {
  id: 'joc',
  name: 'JOC',
  url: 'http://joc:4446',
  user: 'root',
  password: 'SECRET-JOC-PASSWORD',
  clientCert: 'CC',
  clientKey: 'SECRET-JOC-KEY',
  container: { engineId: 'a', name: 'joc' },
  createdAt: 2,
};

describe('what was saved', () => {
  test('is there again after a restart, secrets included, and after edits', () => {
    const first = open();
    const { secondary: _, ...single } = cluster;
    first.engines.save(engine);
    first.clusters.save(cluster);
    first.jocs.save(joc);
    const registered: Cluster = {
      ...single,
      id: 'registered',
      joc: {
        jocId: 'joc',
        follow: { kind: 'update', urls: { primary: ['http://a:4444', 'http://a.x:4444'] } },
        captions: { primary: 'A' },
      },
    };
    first.accounts.save({ name: 'ada', role: 'admin', passwordHash: 'h', createdAt: 5, generation: 1 });
    first.facts.set('k', 'v');
    first.clusters.save({ ...single, id: 'one' });
    first.clusters.save(registered);
    closeAll();
    const again = open();
    expect(again.engines.all()).toEqual([engine]);
    expect(again.clusters.all()).toEqual([{ ...single, id: 'one' }, cluster, registered]);
    expect(again.jocs.all()).toEqual([joc]);
    again.jocs.remove('joc');
    expect(again.jocs.get('joc')).toBeUndefined();
    expect(again.clusters.get('pay')).toEqual(cluster);
    expect(again.clusters.get('none')).toBeUndefined();
    expect(again.accounts.all()).toEqual([{ name: 'ada', role: 'admin', passwordHash: 'h', createdAt: 5, generation: 1 }]);
    expect(again.facts.get('k')).toBe('v');
    again.engines.remove('a');
    expect(again.engines.get('a')).toBeUndefined();
  });

  test('holds no secret in readable form anywhere in the data folder, and nobody else may read the key', () => {
    const store = open();
    store.engines.save(engine);
    store.clusters.save(cluster);
    store.jocs.save(joc);
    closeAll();
    const bytes = readFileSync(join(dir, 'handover.db'), 'latin1');
    expect(bytes).toContain('http://a:4444');
    expect(bytes).not.toContain('SECRET');
    for (const name of ['key', 'handover.db']) expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
  });

  test('survives kill -9 at the moment save returned', async () => {
    const script = `
      import { register } from 'node:module';
      const { openStore } = await import(${JSON.stringify(join(import.meta.dirname, 'open.ts'))});
      const { store } = openStore({ dataDir: ${JSON.stringify(dir)}, keyFile: ${JSON.stringify(join(dir, 'key'))} });
      const cluster = ${JSON.stringify(cluster)};
      for (let i = 0; ; i++) { store.clusters.save({ ...cluster, id: 'c' + i }); process.stdout.write(i + '\\n'); }`;
    const bundle = join(dir, 'child.mjs');
    const { build } = await import('esbuild');
    await build({
      stdin: { contents: script.replace(/.*register.*\n/, ''), resolveDir: import.meta.dirname, loader: 'ts' },
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['libsql'],
      alias: { 'server-only': join(import.meta.dirname, '../../../node_modules/server-only/empty.js') },
      banner: {
        js: `import { createRequire } from 'node:module'; const require = createRequire(${JSON.stringify(import.meta.filename)});`,
      },
      plugins: [
        {
          name: 'libsql',
          setup: (b) =>
            b.onResolve({ filter: /^libsql$/ }, () => ({
              path: join(import.meta.dirname, '../../../node_modules/libsql/index.js'),
              external: true,
            })),
        },
      ],
    });
    const child = spawn(process.execPath, [bundle], { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    await new Promise<void>((done) => {
      child.stdout.on('data', (d) => {
        out += d;
        if (out.split('\n').length > 40) child.kill('SIGKILL');
      });
      child.on('close', () => done());
    });
    const told = Number(out.trim().split('\n').at(-1));
    expect(told).toBeGreaterThan(20);
    const ids = new Set(
      open()
        .clusters.all()
        .map((c) => c.id),
    );
    for (let i = 0; i <= told; i++) expect(ids).toContain(`c${i}`);
  }, 30_000);
});

describe('the timeline', () => {
  const line = (n: number) => ({ at: n, kind: 'ok' as const, message: { key: 'k', params: { n } } });
  test('lists newest first, by pages, each cluster its own; removing the cluster removes it', () => {
    const store = open();
    store.clusters.save(cluster);
    for (let n = 1; n <= 5; n++) store.timeline.append('pay', line(n));
    store.timeline.append('other', { ...line(9), who: 'ada' });
    const page = store.timeline.list('pay', { limit: 2 });
    expect(page.map((e) => e.at)).toEqual([5, 4]);
    expect(store.timeline.list('pay', { limit: 9, before: page[1]?.id as number }).map((e) => e.at)).toEqual([3, 2, 1]);
    expect(store.timeline.list('other', { limit: 9 })).toMatchObject([{ at: 9, who: 'ada' }]);
    store.clusters.remove('pay');
    expect(store.timeline.list('pay', { limit: 9 })).toEqual([]);
    expect(store.timeline.list('other', { limit: 9 })).toHaveLength(1);
  });

  test('does not grow for ever', () => {
    open();
    closeAll();
    const db = openDatabase(join(dir, 'handover.db'));
    const timeline = timelineTable(db, 10);
    for (let n = 1; n <= 200; n++) timeline.append('pay', line(n));
    const all = timeline.list('pay', { limit: 1000 });
    expect(all[0]?.at).toBe(200);
    expect(all).toHaveLength(10);
    db.close();
  });
});

describe('a folder that is not usable is refused with what is wrong', () => {
  test('database from the future', () => {
    open();
    closeAll();
    const db = openDatabase(join(dir, 'handover.db'));
    db.run('PRAGMA user_version = 99');
    db.close();
    expect(refusal(open).problem.message).toMatch(/newer Handover \(form 99/);
  });

  test('a migration that fails leaves the old form', () => {
    const path = join(dir, 'm.db');
    openDatabase(path, ['CREATE TABLE a (x)']).close();
    expect(() => openDatabase(path, ['CREATE TABLE a (x)', 'CREATE TABLE b (x); CREATE TABLE a (x)'])).toThrow(StoreError);
    const db = openDatabase(path, ['CREATE TABLE a (x)']);
    expect(db.all("SELECT name FROM sqlite_master WHERE name = 'b'")).toEqual([]);
    db.close();
  });

  test('second Handover on the same folder', () => {
    open();
    expect(refusal(open).problem.message).toMatch(/Another process uses it/);
  });

  test('damaged database', () => {
    open();
    closeAll();
    writeFileSync(join(dir, 'handover.db'), 'no database at all, just text. '.repeat(400));
    expect(refusal(open).problem.message).toMatch(/damaged/);
  });

  test('missing, damaged, foreign and openly readable key file', () => {
    open().engines.save(engine);
    closeAll();
    const keyFile = join(dir, 'other-key');
    expect(refusal(() => open({ keyFile })).problem.message).toMatch(/key file .* is missing/);
    writeFileSync(keyFile, 'handover-key-1:short', { mode: 0o600 });
    expect(refusal(() => open({ keyFile })).problem.message).toMatch(/key file .* is damaged/);
    writeFileSync(keyFile, `handover-key-1:${Buffer.alloc(32, 7).toString('base64')}`);
    expect(refusal(() => open({ keyFile })).problem.message).toMatch(/does not belong to this database/);
    chmodSync(join(dir, 'key'), 0o644);
    expect(refusal(open).problem.message).toMatch(/can be read by others/);
    chmodSync(join(dir, 'key'), 0o600);
    expect(open().engines.all()).toEqual([engine]);
  });

  test('secrets that were moved to another row do not open', () => {
    const store = open();
    store.engines.save(engine);
    store.engines.save({ ...engine, id: 'b' });
    closeAll();
    const db = openDatabase(join(dir, 'handover.db'));
    db.run("UPDATE engines SET secrets = (SELECT secrets FROM engines WHERE id = 'a') WHERE id = 'b'");
    db.close();
    expect(refusal(() => open().engines.get('b')).problem.message).toMatch(/engine b are damaged/);
  });

  test('a data folder below a file', () => {
    writeFileSync(join(dir, 'file'), '');
    const dataDir = join(dir, 'file', 'data');
    expect(refusal(() => open({ dataDir })).problem.message).toMatch(/cannot be opened/);
  });

  test('full disk while saving says so and keeps the old', () => {
    const store = open();
    store.engines.save(engine);
    closeAll();
    const db = openDatabase(join(dir, 'handover.db'));
    const pages = Number(db.get('PRAGMA page_count')?.page_count);
    db.get(`PRAGMA max_page_count = ${pages}`);
    const timeline = timelineTable(db);
    const e = refusal(() => timeline.append('pay', { at: 1, kind: 'ok', message: { key: 'x'.repeat(50_000) } }));
    expect(e.problem.message).toMatch(/No space is left/);
    db.close();
    expect(open().engines.all()).toEqual([engine]);
  });
});
