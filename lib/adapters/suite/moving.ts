import 'server-only';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import type { MovingFiles } from '../../ports/moving';
import { codeOf, DATA, type EngineWorld, fresh, put, text, value } from './world';

const sha = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const me = { mode: 0o644, uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
/** Every byte value, line feeds, NUL and what a shell or `printf` would take for more than it is. */
const ANY = Buffer.concat([Buffer.from(Array.from({ length: 256 }, (_, i) => i)), Buffer.from("-%s\\n'$(x)`y`\n\n")]);
const bytesOf = (length: number, seed = 7): Buffer => Buffer.from(Uint8Array.from({ length }, (_, i) => (i * 31 + seed + (i >> 8)) & 255));
const STATE = `${DATA}/state`;
const JOURNAL = (n: number): string => `controller--${n}.journal`;

export function movingCases(world: () => EngineWorld): void {
  async function make(word: string, volumes: readonly { target: string; readOnly?: boolean; bytes?: number }[] = [{ target: DATA }]) {
    const name = fresh(`moving-${word}`);
    await world().create({ name, volumes });
    return { name, f: world().engine.files(name), m: world().engine.moving(name) };
  }
  const append = (
    m: MovingFiles,
    path: string,
    offset: number,
    content: Buffer,
    o: { bytes?: number; onBytes?: (n: number) => void } = {},
  ) =>
    m.append(path, {
      ...me,
      content: Readable.from([content], { objectMode: false }),
      bytes: o.bytes ?? content.length,
      offset,
      ...(o.onBytes && { onBytes: o.onBytes }),
    });
  const whole = async (f: Awaited<ReturnType<typeof make>>['f'], path: string) => buffer(value(await f.read(path)));

  describe('append', () => {
    test('makes a file, lengthens it, and leaves owner, mode and every byte as asked', async () => {
      const { f, m } = await make('append');
      const owner = world().can.owners ? { uid: 1001, gid: 7 } : { uid: me.uid, gid: me.gid };
      value(await m.append(`${DATA}/a`, { mode: 0o640, ...owner, content: Readable.from([ANY]), bytes: ANY.length, offset: 0 }));
      value(await m.append(`${DATA}/a`, { mode: 0o640, ...owner, content: Readable.from([ANY]), bytes: ANY.length, offset: ANY.length }));
      expect((await whole(f, `${DATA}/a`)).equals(Buffer.concat([ANY, ANY]))).toBe(true);
      expect(value(await f.stat(`${DATA}/a`))).toMatchObject({ bytes: 2 * ANY.length, mode: 0o640, ...owner });
    });

    test.each([100, 100_000, 9_000_000])('at another place than the end is CONFLICT and nothing is written (%i bytes)', async (size) => {
      const { f, m } = await make('conflict');
      await put(f, `${DATA}/a`, 'four');
      for (const offset of [0, 3, 5]) expect(codeOf(await append(m, `${DATA}/a`, offset, bytesOf(size)))).toBe('CONFLICT');
      expect(codeOf(await append(m, `${DATA}/none`, 4, bytesOf(size)))).toBe('CONFLICT');
      expect(await text(f, `${DATA}/a`)).toBe('four');
      expect(value(await f.list(DATA)).map((e) => e.name)).toEqual(['a']);
    });

    test.each([300_000, 9_000_000])(
      'one that breaks off leaves a beginning; going on from its length makes it whole (%i bytes)',
      async (size) => {
        const { f, m } = await make('resume');
        const all = bytesOf(size);
        const broken = new Readable({
          read() {
            this.push(all.subarray(0, size - 50_000));
            setImmediate(() => this.destroy(new Error('the source went away')));
          },
        });
        expect(codeOf(await m.append(`${DATA}/a`, { ...me, content: broken, bytes: size, offset: 0 }))).not.toBe('ok');
        const there = value(await f.list(DATA)).find((e) => e.name === 'a')?.bytes ?? 0;
        expect(there).toBeLessThan(size);
        value(await append(m, `${DATA}/a`, there, all.subarray(there)));
        expect(sha(await whole(f, `${DATA}/a`))).toBe(sha(all));
      },
      60_000,
    );

    test('tells how far it is', async () => {
      const { m } = await make('progress');
      const told: number[] = [];
      value(await append(m, `${DATA}/a`, 0, bytesOf(9_000_000), { onBytes: (n) => told.push(n) }));
      expect(told.at(-1)).toBe(9_000_000);
      expect(told).toEqual([...told].sort((a, b) => a - b));
    });
  });

  describe('appendFrom', () => {
    test.each([0, 1000, 200_000, 20_000_000])(
      'copies %i bytes from another instance, goes on where it was, and tells',
      async (size) => {
        const source = await make('source');
        const { f, m } = await make('target');
        const all = bytesOf(size);
        if (size > 0) value(await append(source.m, `${DATA}/from`, 0, all));
        else await put(source.f, `${DATA}/from`, '');
        const half = Math.floor(size / 2) + (size > 10 ? 3 : 0);
        let told = 0;
        const step = (offset: number, bytes: number) =>
          m.appendFrom(`${DATA}/to`, {
            ...me,
            from: { name: source.name, path: `${DATA}/from` },
            offset,
            bytes,
            onBytes: (n) => {
              told = n;
            },
          });
        value(await step(0, half));
        expect(codeOf(await step(half + 1, size - half))).toBe('CONFLICT');
        value(await step(half, size - half));
        expect(value(await f.stat(`${DATA}/to`)).bytes).toBe(size);
        expect(value(await m.hashRanges([{ path: `${DATA}/to`, from: 0, to: size }]))).toEqual([sha(all)]);
        if (size > 0) expect(told).toBe(size - half);
      },
      60_000,
    );

    test('a source that is not there, or not in a volume, is told', async () => {
      const source = await make('source');
      const { m } = await make('target');
      const from = (path: string) => m.appendFrom(`${DATA}/to`, { ...me, from: { name: source.name, path }, offset: 0, bytes: 10 });
      expect(codeOf(await from(`${DATA}/none`))).toBe('PATH_NOT_FOUND');
      expect(codeOf(await from('/etc/passwd'))).toBe('PATH_NOT_IN_VOLUME');
    });
  });

  test('hashes of ranges, in their order; a file that is too short is CONFLICT, one that is not there PATH_NOT_FOUND', async () => {
    const { f, m } = await make('hash');
    const all = bytesOf(300_001);
    await put(f, `${DATA}/a`, all);
    await put(f, `${DATA}/b c'd`, 'small');
    const ranges = [
      [0, 300_001],
      [0, 65_536],
      [65_536, 131_072],
      [1, 300_000],
      [70_000, 70_001],
      [5, 5],
      [299_990, 300_001],
    ] as const;
    const asked = [...ranges.map(([from, to]) => ({ path: `${DATA}/a`, from, to })), { path: `${DATA}/b c'd`, from: 0, to: 5 }];
    expect(value(await m.hashRanges(asked))).toEqual([...ranges.map(([from, to]) => sha(all.subarray(from, to))), sha('small')]);
    expect(value(await m.hashRanges([]))).toEqual([]);
    expect(codeOf(await m.hashRanges([{ path: `${DATA}/a`, from: 0, to: 300_002 }]))).toBe('CONFLICT');
    expect(codeOf(await m.hashRanges([{ path: `${DATA}/none`, from: 0, to: 1 }]))).toBe('PATH_NOT_FOUND');
  });

  test('files are moved by rename: the same inodes, in the order asked, again without harm, and never over another', async () => {
    const { f, m } = await make('move');
    for (const folder of ['from']) value(await f.makeFolder(`${DATA}/${folder}`, { ...me, mode: 0o755 }));
    const names = ['a', "b 'c", '-d', 'e\nf'];
    for (const n of names) await put(f, `${DATA}/from/${n}`, n);
    const before = new Map(value(await f.list(`${DATA}/from`)).map((e) => [e.name, e.inode]));
    const owner = world().can.owners ? { mode: 0o750, uid: 1001, gid: 0 } : { ...me, mode: 0o750 };
    value(await m.moveFiles(`${DATA}/from`, `${DATA}/to`, names.slice(0, 2), owner));
    value(await m.moveFiles(`${DATA}/from`, `${DATA}/to`, names, owner));
    value(await m.moveFiles(`${DATA}/from`, `${DATA}/to`, names, owner));
    expect(new Map(value(await f.list(`${DATA}/to`)).map((e) => [e.name, e.inode]))).toEqual(before);
    expect(value(await f.list(`${DATA}/from`))).toEqual([]);
    expect(value(await f.stat(`${DATA}/to`))).toMatchObject(owner);
    expect(value(await f.stat(`${DATA}/to/a`))).toMatchObject({ uid: owner.uid, gid: owner.gid });
    await put(f, `${DATA}/from/a`, 'another');
    expect(codeOf(await m.moveFiles(`${DATA}/from`, `${DATA}/to`, ['a'], owner))).toBe('CONFLICT');
    expect([await text(f, `${DATA}/from/a`), await text(f, `${DATA}/to/a`)]).toEqual(['another', 'a']);
    expect(codeOf(await m.moveFiles(`${DATA}/from`, `${DATA}/to`, ['none'], owner))).toBe('PATH_NOT_FOUND');
  });

  test('between two volumes nothing is moved; a read-only one is not changed', async () => {
    const { f, m } = await make('volumes', [{ target: DATA }, { target: '/var/other' }, { target: '/var/fixed', readOnly: true }]);
    await put(f, `${DATA}/a`, 'a');
    expect(codeOf(await m.moveFiles(DATA, '/var/other', ['a'], me))).toBe('PATH_NOT_IN_VOLUME');
    expect(codeOf(await append(m, '/var/fixed/a', 0, bytesOf(10)))).toBe('READ_ONLY');
    expect(codeOf(await append(m, '/var/fixed/a', 0, bytesOf(9_000_000)))).toBe('READ_ONLY');
    expect(codeOf(await m.replaceText('/var/fixed/a', { content: ANY, keep: '/var/fixed/b' }))).toBe('READ_ONLY');
    expect(codeOf(await m.discardCopy('/var/fixed/incoming-1'))).toBe('READ_ONLY');
    expect(await text(f, `${DATA}/a`)).toBe('a');
  });

  test('only a copy of our own is discarded', async () => {
    const { f, m } = await make('discard');
    const copy = `${DATA}/state.incoming-4`;
    value(await f.makeFolder(copy, { ...me, mode: 0o755 }));
    await put(f, `${copy}/a`, 'a');
    value(await f.makeFolder(STATE, { ...me, mode: 0o755 }));
    await put(f, `${STATE}/a`, 'a');
    expect(codeOf(await m.discardCopy(STATE))).toBe('BAD_REQUEST');
    value(await m.discardCopy(copy));
    value(await m.discardCopy(copy));
    expect(value(await f.list(DATA)).map((e) => e.name)).toEqual(['state']);
  });

  test('a text is replaced with its owner and mode kept, and the one before kept once', async () => {
    const { f, m } = await make('replace');
    const owner = world().can.owners ? { uid: 1001, gid: 5 } : {};
    await put(f, `${DATA}/c.conf`, 'first', { mode: 0o640, ...owner });
    value(await m.replaceText(`${DATA}/c.conf`, { content: ANY, keep: `${DATA}/c.conf.before-1` }));
    value(await m.replaceText(`${DATA}/c.conf`, { content: Buffer.from('third'), keep: `${DATA}/c.conf.before-1` }));
    expect(await text(f, `${DATA}/c.conf`)).toBe('third');
    expect(await text(f, `${DATA}/c.conf.before-1`)).toBe('first');
    expect(value(await f.stat(`${DATA}/c.conf`))).toMatchObject({ mode: 0o640, ...owner });
    expect(value(await f.stat(`${DATA}/c.conf.before-1`))).toMatchObject({ mode: 0o640, ...owner });
    expect(value(await f.list(DATA)).map((e) => e.name)).toEqual(['c.conf', 'c.conf.before-1']);
    expect(codeOf(await m.replaceText(`${DATA}/none`, { content: ANY, keep: `${DATA}/x` }))).toBe('PATH_NOT_FOUND');
  });

  describe('survey', () => {
    const ask = (m: MovingFiles) => m.survey({ state: STATE, beside: DATA, texts: [`${DATA}/c.conf`, `${DATA}/none`] });

    test('of nothing, and of an empty folder', async () => {
      const { f, m } = await make('survey-none');
      expect(value(await ask(m))).toEqual({ state: 'absent', beside: [], newest: [], texts: ['absent', 'absent'] });
      value(await f.makeFolder(STATE, { ...me, mode: 0o755 }));
      expect(value(await ask(m))).toMatchObject({ state: [], beside: [{ name: 'state', kind: 'folder' }], newest: [] });
    });

    test('sees the same as single questions do: the newest two by number, both ends, texts of any bytes', async () => {
      const { f, m } = await make('survey');
      value(await f.makeFolder(STATE, { ...me, mode: 0o755 }));
      const line = (n: number): string => `{"eventId":${n},"text":"ü"}\n`;
      const big = Array.from({ length: 9000 }, (_, i) => line(i)).join('');
      await put(f, `${STATE}/${JOURNAL(9)}`, 'old');
      await put(f, `${STATE}/${JOURNAL(1000)}`, big);
      await put(f, `${STATE}/${JOURNAL(20)}`, big.slice(0, 10_000));
      for (const other of [
        'controller--5.journal.tmp',
        'controller--x.journal',
        'controller--99999999999999999.journal',
        'odd\nname',
        '-n',
        'lock',
      ])
        await put(f, `${STATE}/${other}`, 'x');
      value(await f.makeFolder(`${STATE}/controller--7777.journal`, { ...me, mode: 0o755 }));
      await put(f, `${DATA}/c.conf`, ANY);
      const seen = value(await ask(m));
      expect(seen.state).toEqual(value(await f.list(STATE)));
      expect(seen.beside).toEqual(value(await f.list(DATA)));
      expect(seen.newest.map(({ name, bytes, whole }) => ({ name, bytes, whole }))).toEqual([
        { name: JOURNAL(1000), bytes: Buffer.byteLength(big), whole: false },
        { name: JOURNAL(20), bytes: Buffer.byteLength(big.slice(0, 10_000)), whole: false },
      ]);
      const [newest, before] = seen.newest;
      expect(newest?.head).toBe(Buffer.from(big).subarray(0, 65_536).toString());
      expect(newest?.tail).toBe(Buffer.from(big).subarray(-65_536).toString());
      expect(before?.head.length).toBeGreaterThan(3000);
      expect(before?.tail).toBe(big.slice(0, 10_000));
      expect(seen.texts.map((t) => (t === 'absent' ? t : Buffer.from(t).equals(ANY)))).toEqual([true, 'absent']);
    });

    test('a half-written and an empty journal file are seen as they are', async () => {
      const { f, m } = await make('survey-half');
      value(await f.makeFolder(STATE, { ...me, mode: 0o755 }));
      await put(f, `${STATE}/${JOURNAL(1)}`, '{"TYPE":"JS7.Jour');
      await put(f, `${STATE}/${JOURNAL(2)}`, '');
      const seen = value(await ask(m));
      expect(seen.newest.map(({ head, tail, whole, bytes }) => ({ head, tail, whole, bytes }))).toEqual([
        { head: '', tail: '', whole: true, bytes: 0 },
        { head: '{"TYPE":"JS7.Jour', tail: '{"TYPE":"JS7.Jour', whole: true, bytes: 17 },
      ]);
    });

    test('what cannot be seen is an error, never an empty answer', async () => {
      const { name, m } = await make('survey-gone');
      expect(codeOf(await m.survey({ state: '/etc', beside: DATA, texts: [] }))).toBe('PATH_NOT_IN_VOLUME');
      value(await m.warm());
      await world().remove(name);
      expect(codeOf(await ask(m))).toBe('INSTANCE_NOT_FOUND');
    });
  });

  test('a full disk is DISK_FULL, and the piece that is there can be gone on from', async () => {
    if (!world().can.limitVolumes) return;
    const { f, m } = await make('full', [{ target: DATA, bytes: 1_000_000 }]);
    expect(codeOf(await append(m, `${DATA}/a`, 0, bytesOf(9_000_000)))).toBe('DISK_FULL');
    const left = value(await f.list(DATA)).find((e) => e.name === 'a')?.bytes ?? 0;
    // A file system counts in pages.
    expect(left).toBeLessThanOrEqual(1_048_576);
    const source = await make('full-source');
    value(await append(source.m, `${DATA}/from`, 0, bytesOf(2_000_000)));
    const copied = await m.appendFrom(`${DATA}/b`, {
      ...me,
      from: { name: source.name, path: `${DATA}/from` },
      offset: 0,
      bytes: 2_000_000,
    });
    expect(codeOf(copied)).toBe('DISK_FULL');
  });
}
