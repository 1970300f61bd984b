import 'server-only';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { codeOf, DATA, type EngineWorld, fresh, put, startReady, text, value } from './world';

const ODD = [
  'with space',
  '-leading-dash',
  '--help',
  "quote'",
  'double"quote',
  'back\\slash',
  'new\nline',
  '\nfirst',
  'last\n',
  '$(touch pwned)',
  '`id`',
  '*',
  '?',
  '..a',
  '.b',
  '日本',
  'a;b',
  '%s%n',
];

export function fileBoundaryCases(world: () => EngineWorld): void {
  async function make(word: string, volumes: readonly { target: string; readOnly?: boolean; bytes?: number }[] = [{ target: DATA }]) {
    const name = fresh(word);
    await world().create({ name, volumes });
    return { name, f: world().engine.files(name) };
  }
  const me = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };

  test('names with any character are written, listed, read, hashed and renamed as they are', async () => {
    const { f } = await make('odd');
    for (const name of ODD) await put(f, `${DATA}/${name}`, name);
    expect(value(await f.list(DATA)).map((e) => e.name)).toEqual([...ODD].sort());
    for (const name of ODD) {
      expect(await text(f, `${DATA}/${name}`)).toBe(name);
      expect(value(await f.stat(`${DATA}/${name}`)).bytes).toBe(Buffer.byteLength(name));
      expect(codeOf(await f.sha256(`${DATA}/${name}`))).toBe('ok');
    }
    value(await f.makeFolder(`${DATA}/folder '"\n x`, { mode: 0o755, ...me }));
    value(await f.rename(`${DATA}/new\nline`, `${DATA}/folder '"\n x/-n`));
    expect(await text(f, `${DATA}/folder '"\n x/-n`)).toBe('new\nline');
    expect(value(await f.list(`${DATA}/folder '"\n x`)).map((e) => e.name)).toEqual(['-n']);
  });

  test('a link is told as a link; reading follows it only inside the volumes', async () => {
    const { name, f } = await make('links');
    await put(f, `${DATA}/target`, 'linked content');
    for (const [to, at] of [
      ['target', 'link'],
      ['/etc/hostname', 'outside'],
      ['nowhere', 'dangling'],
      ['/etc', 'folder-outside'],
      ['loop', 'loop'],
    ] as const)
      expect(value(await world().engine.runHelper(name, { command: ['ln', '-s', to, `${DATA}/${at}`], timeoutSeconds: 20 })).exitCode).toBe(
        0,
      );
    expect(value(await f.stat(`${DATA}/link`))).toMatchObject({ name: 'link', kind: 'link', linkTarget: 'target' });
    expect(value(await f.list(DATA)).map((e) => [e.name, e.kind, e.linkTarget])).toEqual([
      ['dangling', 'link', 'nowhere'],
      ['folder-outside', 'link', '/etc'],
      ['link', 'link', 'target'],
      ['loop', 'link', 'loop'],
      ['outside', 'link', '/etc/hostname'],
      ['target', 'file', undefined],
    ]);
    expect(await text(f, `${DATA}/link`)).toBe('linked content');
    expect(await text(f, `${DATA}/link`, { offset: 7 })).toBe('content');
    expect(value(await f.sha256(`${DATA}/link`))).toBe(value(await f.sha256(`${DATA}/target`)));
    expect(codeOf(await f.read(`${DATA}/dangling`))).toBe('PATH_NOT_FOUND');
    expect(codeOf(await f.read(`${DATA}/loop`))).toBe('PATH_NOT_FOUND');
    expect(codeOf(await f.read(`${DATA}/outside`))).toBe('PATH_NOT_IN_VOLUME');
    expect(codeOf(await f.sha256(`${DATA}/outside`))).toBe('PATH_NOT_IN_VOLUME');
    expect(codeOf(await f.list(`${DATA}/folder-outside`))).toBe('PATH_NOT_IN_VOLUME');
    expect(codeOf(await f.stat(`${DATA}/folder-outside/passwd`))).toBe('PATH_NOT_IN_VOLUME');
    expect(codeOf(await f.write(`${DATA}/folder-outside/x`, { content: Buffer.from('x'), bytes: 1, mode: 0o644, ...me }))).toBe(
      'PATH_NOT_IN_VOLUME',
    );
  });

  test('owner and mode are kept as asked', async ({ skip }) => {
    if (!world().can.owners) skip();
    const { f } = await make('owner');
    await put(f, `${DATA}/private.conf`, 'secret', { mode: 0o600, uid: 1001, gid: 1002 });
    expect(value(await f.stat(`${DATA}/private.conf`))).toMatchObject({ mode: 0o600, uid: 1001, gid: 1002 });
    value(await f.makeFolder(`${DATA}/state`, { mode: 0o2770, uid: 1003, gid: 1004 }));
    expect(value(await f.stat(`${DATA}/state`))).toMatchObject({ mode: 0o2770, uid: 1003, gid: 1004 });
    expect(value(await f.list(DATA)).map((e) => [e.uid, e.gid])).toEqual([
      [1001, 1002],
      [1003, 1004],
    ]);
    expect(await text(f, `${DATA}/private.conf`)).toBe('secret');
  });

  test('a read-only volume is read, and refuses every change', async () => {
    const { f } = await make('read-only', [{ target: DATA, readOnly: true }, { target: '/var/other' }]);
    expect(value(await f.list(DATA))).toEqual([]);
    expect(codeOf(await f.write(`${DATA}/x`, { content: Buffer.from('x'), bytes: 1, mode: 0o644, ...me }))).toBe('READ_ONLY');
    expect(codeOf(await f.makeFolder(`${DATA}/x`, { mode: 0o755, ...me }))).toBe('READ_ONLY');
    expect(value(await f.list(DATA))).toEqual([]);
  });

  test('content that is shorter or longer than announced is refused, and the old file stays', async () => {
    const { f } = await make('size');
    await put(f, `${DATA}/file`, 'old');
    for (const content of [
      Buffer.from('12'),
      Buffer.from('1234'),
      Readable.from([Buffer.from('12')]),
      Readable.from([Buffer.from('12'), Buffer.from('34')]),
    ])
      expect(codeOf(await f.write(`${DATA}/file`, { content, bytes: 3, mode: 0o644, ...me }))).toBe('CONFLICT');
    const broken = new Readable({
      read() {
        this.destroy(new Error('the source broke'));
      },
    });
    expect(codeOf(await f.write(`${DATA}/file`, { content: broken, bytes: 3, mode: 0o644, ...me }))).not.toBe('ok');
    expect(await text(f, `${DATA}/file`)).toBe('old');
    expect(value(await f.list(DATA)).map((e) => e.name)).toEqual(['file']);
  });

  test('a full volume is DISK_FULL; the old file stays and no half file is left', async ({ skip }) => {
    if (!world().can.limitVolumes) skip();
    const { name, f } = await make('full', [{ target: DATA, bytes: 1_000_000 }]);
    await startReady(world().engine, name);
    await put(f, `${DATA}/file`, 'old');
    const big = Buffer.alloc(4_000_000, 'x');
    expect(codeOf(await f.write(`${DATA}/file`, { content: big, bytes: big.length, mode: 0o644, ...me }))).toBe('DISK_FULL');
    expect(await text(f, `${DATA}/file`)).toBe('old');
    expect(value(await f.list(DATA)).map((e) => e.name)).toEqual(['file']);
    expect(value(await f.space(DATA)).totalBytes).toBeLessThan(3_000_000);
  });

  test('a reader that leaves early does no harm', async () => {
    const { f } = await make('early');
    const bytes = Buffer.alloc(4_000_000, 'abc');
    await put(f, `${DATA}/big`, bytes);
    for (const offset of [0, 2_500_000]) {
      const stream = value(await f.read(`${DATA}/big`, { offset }));
      await new Promise((resolve) => stream.once('data', resolve));
      stream.destroy();
    }
    expect((await buffer(value(await f.read(`${DATA}/big`)))).length).toBe(bytes.length);
  });

  test('a reader that takes its time holds up nothing: the instance is inspected and stopped meanwhile', async () => {
    const { name, f } = await make('slow-reader');
    await startReady(world().engine, name);
    const bytes = Buffer.alloc(8_000_000, 'abc');
    await put(f, `${DATA}/big`, bytes);
    const stream = value(await f.read(`${DATA}/big`));
    await new Promise((resolve) => stream.once('readable', resolve));
    const from = performance.now();
    expect(value(await world().engine.inspect(name))).toMatchObject({ state: 'running' });
    value(await world().engine.stop(name, { timeoutSeconds: 5 }));
    expect(performance.now() - from).toBeLessThan(4_000);
    expect((await buffer(stream)).equals(bytes)).toBe(true);
  });

  test('many questions at once are all answered', async () => {
    const { f } = await make('parallel');
    for (let i = 0; i < 5; i++) await put(f, `${DATA}/f${i}`, `content ${i}`);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => text(f, `${DATA}/f${i % 5}`, i % 2 ? { offset: 2 } : {})));
    expect(answers).toEqual(Array.from({ length: 20 }, (_, i) => `content ${i % 5}`.slice(i % 2 ? 2 : 0)));
  });
}
