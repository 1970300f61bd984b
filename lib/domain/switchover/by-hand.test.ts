/** The shell texts for a person, run by real shells on real folders. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BEGIN, END, withFlag, withoutBlock } from '../config/flag';
import { provedRetired, putInPlace, retireJournal, setFlag, writeMarker } from './by-hand';
import { begin, stateOf } from './drive.test-support';
import { markerPath, type Plan, retiredPath } from './plan';

const SHELLS = [['sh'], ['busybox', 'sh']].filter(([cmd, ...args]) => spawnSync(cmd as string, [...args, '-c', 'true']).status === 0);
let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "handover by'hand "));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));
const uid = process.getuid?.() ?? 0;
const gid = process.getgid?.() ?? 0;

function journal(folder: string, ...names: string[]): string {
  const path = join(root, folder);
  mkdirSync(path, { recursive: true });
  for (const n of names) writeFileSync(join(path, `controller--${n}.journal`), `${folder} ${n}`);
  return path;
}
const inside = (folder: string): string[] => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)).sort() : []);
const FILE = 'controller--0.journal';

describe.each(SHELLS)('%s %s', (cmd, ...args) => {
  const run = (script: string) => spawnSync(cmd as string, [...args.filter(Boolean), '-c', script], { encoding: 'utf8' });
  const place = () =>
    run(
      putInPlace({
        staging: join(root, 'incoming'),
        state: join(root, 'state'),
        aside: join(root, 'aside'),
        owner: `${uid}:${gid}`,
      }),
    );

  it('the copy comes in when what was there is aside', () => {
    journal('incoming', '0', '5');
    journal('state', '0');
    expect(place().stderr).toBe('');
    expect([inside('state').length, inside('aside'), inside('incoming')]).toEqual([2, [FILE], []]);
    expect(readFileSync(join(root, 'state', FILE), 'utf8')).toBe('incoming 0');
  });
  it('an empty state directory needs no folder aside', () => {
    journal('incoming', '0');
    journal('state');
    expect(place().status).toBe(0);
    expect([inside('state'), existsSync(join(root, 'aside'))]).toEqual([[FILE], false]);
  });
  it('nothing comes in when the first move cannot be done', () => {
    journal('incoming', '0');
    journal('state', '0');
    journal('aside', '0');
    expect(place().status).not.toBe(0);
    expect([inside('incoming'), readFileSync(join(root, 'state', FILE), 'utf8')]).toEqual([[FILE], 'state 0']);
    expect(readFileSync(join(root, 'aside', FILE), 'utf8')).toBe('aside 0');
  });
  it('a journal is retired once, and never over another', () => {
    const state = journal('state', '0');
    const retire = () => run(retireJournal(state, join(root, 'retired')));
    expect(retire().status).toBe(0);
    expect([inside('state'), inside('retired')]).toEqual([[], [FILE]]);
    journal('state', '9');
    expect(retire().status).not.toBe(0);
    expect(inside('state')).toEqual(['controller--9.journal']);
  });

  it.each([
    ['a plain file', 'a = 1\n'],
    ['no newline at its end', 'a = 1'],
    ['an outer brace', '# mine\n{\n  a = 1\n}\n'],
    ['a brace on one line', '{ a = 1 }\n'],
    ['text and brace on one line', '{\n  a { b = 1 } }\n\n# end\n'],
    ['a block of before', withFlag('a = 1\n', 'on', 'off')],
    ['a block of before in a brace', withFlag('{\n  a = 1\n}\n', 'on', 'off')],
    ['an empty file', ''],
  ])('the flag in %s', (_, text) => {
    const conf = join(root, 'controller.conf');
    writeFileSync(conf, text);
    chmodSync(conf, 0o640);
    expect(run(setFlag(conf, 'no', '7')).stderr).toBe('');
    const after = readFileSync(conf, 'utf8');
    const tight = (s: string) => s.replace(/\s+/g, ' ').trim();
    // The block is Handover's own, so that Handover finds it and takes it away; the admin's words are all there.
    expect(after.split(BEGIN)).toHaveLength(2);
    expect(after).toContain(`${BEGIN}js7.journal.cluster.node.is-backup = no\n${END}`);
    expect(tight(withoutBlock(after))).toBe(tight(withoutBlock(text)));
    if (tight(text).includes('{'))
      expect(
        after
          .slice(after.indexOf(END) + END.length)
          .replace(/#.*/g, '')
          .trim(),
      ).toBe('}');
    expect(statSync(conf).mode & 0o777).toBe(0o640);
    expect(inside('.')).toEqual(['controller.conf']);
  });
  it('a closing brace that cannot be told leaves the file as it is', () => {
    const conf = join(root, 'controller.conf');
    const text = '{\n a = 1\n} # the } end\n';
    writeFileSync(conf, text);
    const r = run(setFlag(conf, 'yes', '7'));
    expect([r.status, r.stderr]).toEqual([1, expect.stringContaining('by hand')]);
    expect([readFileSync(conf, 'utf8'), inside('.')]).toEqual([text, ['controller.conf']]);
  });

  it('marker and proof of retirement', () => {
    const { plan } = stateOf(begin());
    const here: Plan = {
      ...plan,
      source: { ...plan.source, statePath: journal('state', '0'), beside: join(root, 'state.'), uid, gid },
    };
    expect(run(provedRetired(here)).status).toBe(1);
    expect(run(retireJournal(here.source.statePath, retiredPath(here))).status).toBe(0);
    expect(run(provedRetired(here)).status).toBe(0);
    expect(run(writeMarker(here)).stderr).toBe('');
    const marker = JSON.parse(readFileSync(markerPath(here), 'utf8')) as Record<string, unknown>;
    expect(marker).toMatchObject({ run: plan.runId, journalId: plan.journalId, by: 'WHO', reason: 'WHY', retiredTo: retiredPath(here) });
    expect(Math.abs(Date.now() - (marker.at as number))).toBeLessThan(60_000);
    expect([marker.when, marker.bringBack]).toEqual([expect.stringMatching(/^\d{4}-.*Z$/), expect.stringContaining('backup flag')]);
    expect(run(writeMarker(here)).status).toBe(1);
  });
});
