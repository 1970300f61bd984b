import 'server-only';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { codeOf, DATA, type EngineWorld, fresh, put, startReady, text, untilState, value } from './world';

const sha = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** Everything holds for an instance that runs, one that has stopped, and one that never ran. */
export function fileCases(world: () => EngineWorld): void {
  describe.each(['created', 'running', 'exited'] as const)('of an instance that is %s', (state) => {
    async function files(word: string) {
      const name = fresh(`files-${word}`);
      const { engine } = world();
      await world().create({ name, volumes: [{ target: DATA }, { target: '/var/other' }] });
      if (state !== 'created') await startReady(engine, name);
      if (state === 'exited') {
        value(await engine.stop(name, { timeoutSeconds: 5 }));
        await untilState(engine, name, 'exited');
      }
      return engine.files(name);
    }

    test('a written file is read back, whole and in pieces, with mode and size', async () => {
      const f = await files('write');
      const before = Date.now();
      await put(f, `${DATA}/hello.txt`, 'hello, world', { mode: 0o640 });
      expect(await text(f, `${DATA}/hello.txt`)).toBe('hello, world');
      expect(await text(f, `${DATA}/hello.txt`, { offset: 7 })).toBe('world');
      expect(await text(f, `${DATA}/hello.txt`, { length: 5 })).toBe('hello');
      expect(await text(f, `${DATA}/hello.txt`, { offset: 3, length: 4 })).toBe('lo, ');
      expect(await text(f, `${DATA}/hello.txt`, { offset: 7, length: 500 })).toBe('world');
      expect(await text(f, `${DATA}/hello.txt`, { offset: 500 })).toBe('');
      expect(await text(f, `${DATA}/hello.txt`, { length: 0 })).toBe('');
      const stat = value(await f.stat(`${DATA}/hello.txt`));
      expect(stat).toMatchObject({ name: 'hello.txt', kind: 'file', bytes: 12, mode: 0o640 });
      expect(stat.modifiedAt).toBeGreaterThan(before - 5_000);
      expect(stat.modifiedAt).toBeLessThan(Date.now() + 5_000);
      await put(f, `${DATA}/hello.txt`, 'again');
      expect(await text(f, `${DATA}/hello.txt`)).toBe('again');
      expect(value(await f.list(DATA)).map((e) => e.name)).toEqual(['hello.txt']);
    });

    test('a folder is listed, sorted, with kinds and sizes', async () => {
      const f = await files('list');
      expect(value(await f.list(DATA))).toEqual([]);
      const owner = { mode: 0o750, uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
      value(await f.makeFolder(`${DATA}/state`, owner));
      await put(f, `${DATA}/state/b`, 'bb');
      await put(f, `${DATA}/state/a`, '');
      await put(f, `${DATA}/state/.hidden`, 'h');
      expect(value(await f.list(`${DATA}/state`)).map((e) => [e.name, e.kind, e.bytes])).toEqual([
        ['.hidden', 'file', 1],
        ['a', 'file', 0],
        ['b', 'file', 2],
      ]);
      expect(value(await f.list(DATA))).toMatchObject([{ name: 'state', kind: 'folder', mode: 0o750 }]);
      expect(value(await f.stat(`${DATA}/state`))).toMatchObject({ name: 'state', kind: 'folder' });
      expect(value(await f.stat(DATA))).toMatchObject({ kind: 'folder' });
      expect(codeOf(await f.makeFolder(`${DATA}/state`, owner))).toBe('CONFLICT');
      expect(codeOf(await f.makeFolder(`${DATA}/none/sub`, owner))).toBe('PATH_NOT_FOUND');
    });

    test('files and folders are renamed; an existing target is a conflict and stays as it was', async () => {
      const f = await files('rename');
      value(await f.makeFolder(`${DATA}/one`, { mode: 0o755, uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }));
      await put(f, `${DATA}/one/x`, 'content of x');
      await put(f, `${DATA}/y`, 'content of y');
      const inode = value(await f.stat(`${DATA}/one/x`)).inode;
      value(await f.rename(`${DATA}/one/x`, `${DATA}/moved`));
      expect(await text(f, `${DATA}/moved`)).toBe('content of x');
      expect(value(await f.stat(`${DATA}/moved`)).inode).toBe(inode);
      expect(codeOf(await f.stat(`${DATA}/one/x`))).toBe('PATH_NOT_FOUND');
      expect(codeOf(await f.rename(`${DATA}/moved`, `${DATA}/y`))).toBe('CONFLICT');
      expect(codeOf(await f.rename(`${DATA}/moved`, `${DATA}/one`))).toBe('CONFLICT');
      expect(codeOf(await f.rename(`${DATA}/one`, `${DATA}/y`))).toBe('CONFLICT');
      expect(await text(f, `${DATA}/y`)).toBe('content of y');
      expect(value(await f.list(`${DATA}/one`))).toEqual([]);
      value(await f.rename(`${DATA}/one`, `${DATA}/two`));
      expect(value(await f.list(DATA)).map((e) => e.name)).toEqual(['moved', 'two', 'y']);
      expect(codeOf(await f.rename(`${DATA}/none`, `${DATA}/there`))).toBe('PATH_NOT_FOUND');
      expect(codeOf(await f.rename(`${DATA}/y`, `${DATA}/none/y`))).toBe('PATH_NOT_FOUND');
      expect(codeOf(await f.rename(`${DATA}/y`, '/var/other/y'))).toBe('PATH_NOT_IN_VOLUME');
    });

    test('SHA-256 of a whole file and of its beginning', async () => {
      const f = await files('sha');
      const bytes = Buffer.alloc(3_000_001, 'journal line\n');
      await put(f, `${DATA}/big`, bytes);
      expect(value(await f.sha256(`${DATA}/big`))).toBe(sha(bytes));
      expect(value(await f.sha256(`${DATA}/big`, { length: 1_234_567 }))).toBe(sha(bytes.subarray(0, 1_234_567)));
      expect(value(await f.sha256(`${DATA}/big`, { length: 0 }))).toBe(sha(''));
      expect(codeOf(await f.sha256(`${DATA}/none`))).toBe('PATH_NOT_FOUND');
    });

    test('a piece far inside a big file is read, and a stream is written', async () => {
      const f = await files('big');
      const bytes = Buffer.alloc(5_000_000);
      for (let i = 0; i + 8 <= bytes.length; i += 8) bytes.writeUInt32BE(i, i);
      const pieces = Readable.from([bytes.subarray(0, 1_000_000), bytes.subarray(1_000_000, 1_000_001), bytes.subarray(1_000_001)]);
      value(
        await f.write(`${DATA}/big`, {
          content: pieces,
          bytes: bytes.length,
          mode: 0o600,
          uid: process.getuid?.() ?? 0,
          gid: process.getgid?.() ?? 0,
        }),
      );
      expect((await buffer(value(await f.read(`${DATA}/big`)))).equals(bytes)).toBe(true);
      const piece = await buffer(value(await f.read(`${DATA}/big`, { offset: 3_333_333, length: 1_000_003 })));
      expect(piece.equals(bytes.subarray(3_333_333, 4_333_336))).toBe(true);
      const rest = await buffer(value(await f.read(`${DATA}/big`, { offset: 4_999_990 })));
      expect(rest.equals(bytes.subarray(4_999_990))).toBe(true);
    });

    test('free space is told', async () => {
      const f = await files('space');
      const { freeBytes, totalBytes } = value(await f.space(DATA));
      expect(freeBytes).toBeGreaterThan(1_000_000);
      expect(totalBytes).toBeGreaterThanOrEqual(freeBytes);
    });

    test('what is not there, is PATH_NOT_FOUND; what is in no volume, PATH_NOT_IN_VOLUME', async () => {
      const f = await files('none');
      const owner = { mode: 0o644, uid: 0, gid: 0 };
      await put(f, `${DATA}/file`, 'x');
      const missing = `${DATA}/none`;
      expect(
        (
          await Promise.all([f.list(missing), f.stat(missing), f.read(missing), f.read(missing, { offset: 2_000_000 }), f.space(missing)])
        ).map(codeOf),
      ).toEqual(Array(5).fill('PATH_NOT_FOUND'));
      expect(codeOf(await f.write(`${missing}/file`, { content: Buffer.from('x'), bytes: 1, ...owner }))).toBe('PATH_NOT_FOUND');
      expect(codeOf(await f.list(`${DATA}/file`))).toBe('PATH_NOT_FOUND');
      expect(codeOf(await f.read(DATA))).toBe('PATH_NOT_FOUND');
      expect(codeOf(await f.stat(`${DATA}/file/below`))).toBe('PATH_NOT_FOUND');
      for (const out of ['/etc', '/etc/passwd', '/', `${DATA}2`, `${DATA}/../lib`, 'relative', '']) {
        const outcomes = await Promise.all([
          f.list(out),
          f.stat(out),
          f.read(out),
          f.sha256(out),
          f.space(out),
          f.rename(out, `${DATA}/z`),
          f.rename(`${DATA}/file`, out),
        ]);
        expect(outcomes.map(codeOf), JSON.stringify(out)).toEqual(Array(7).fill('PATH_NOT_IN_VOLUME'));
        expect(codeOf(await f.write(out, { content: Buffer.from('x'), bytes: 1, ...owner }))).toBe('PATH_NOT_IN_VOLUME');
        expect(codeOf(await f.makeFolder(out, owner))).toBe('PATH_NOT_IN_VOLUME');
      }
    });
  });
}
