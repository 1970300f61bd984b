import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { entriesFrom, statFrom } from './entries';
import { LIST } from './scripts';

test('the output of stat', () => {
  expect(statFrom('81a0 12 1795520201 1001 0 4711\n', 'x')).toEqual({
    name: 'x',
    kind: 'file',
    bytes: 12,
    modifiedAt: 1_795_520_201_000,
    mode: 0o640,
    uid: 1001,
    gid: 0,
    inode: 4711,
  });
  expect(statFrom('a1ff 5 1 0 0 1\nto\nhere', 'l')).toMatchObject({ kind: 'link', linkTarget: 'to\nhere' });
  expect(statFrom('c1ff 0 1 0 0 1\n', 's')).toMatchObject({ kind: 'other' });
  expect(statFrom('stat: cannot', 'x')).toBeUndefined();
});

test('a listing that was cut off is not taken for a shorter one', () => {
  const whole = '81a4 1 1 0 0 1 ./a/\n81a4 2 1 0 0 2 ./b/\n\0';
  expect(entriesFrom(whole)?.map((e) => e.name)).toEqual(['a', 'b']);
  expect(entriesFrom('\0')).toEqual([]);
  for (let end = 0; end < whole.length; end++) expect(entriesFrom(whole.slice(0, end)), `cut at ${end}`).toBeUndefined();
});

/** The same script with this machine's coreutils; the suite on Docker runs it with busybox. */
test('the listing script works with coreutils too, whatever the names', () => {
  const folder = mkdtempSync(join(tmpdir(), 'handover-list-'));
  try {
    const names = ['a b', '-x', 'new\nline', '\nfirst', 'last\n', "q'uote", '81a4 1 1 0 0 1 .', '$HOME', '*'];
    for (const name of names) writeFileSync(join(folder, name), name);
    mkdirSync(join(folder, 'sub'));
    chmodSync(join(folder, 'sub'), 0o2750);
    symlinkSync('a b', join(folder, 'link\n'));
    symlinkSync('/nowhere/\n', join(folder, 'z'));
    const out = execFileSync('sh', ['-c', LIST, 'handover', folder], { env: { ...process.env, HANDOVER_VOLUMES: folder } }).toString();
    const found = entriesFrom(out) ?? [];
    expect(found.map((e) => e.name)).toEqual([...names, 'sub', 'link\n', 'z'].sort());
    expect(found.find((e) => e.name === 'sub')).toMatchObject({ kind: 'folder', mode: 0o2750 });
    expect(found.filter((e) => e.kind === 'link').map((e) => [e.name, e.linkTarget])).toEqual([
      ['link\n', 'a b'],
      ['z', '/nowhere/\n'],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
