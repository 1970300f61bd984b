/** Every pre-flight check, row by row: pass, warn, block, unknown, each with the English that the admin reads. */
import { describe, expect, it } from 'vitest';
import { never, type Reading } from '../../reading';
import { en } from '../../text/en';
import { plainText } from '../../text/format';
import { assertMessages } from '../../text/messages.test-support';
import { type CheckResult, GROUPS, runCheck } from './check';
import { type PreflightFacts, readingOf } from './facts';
import { engine, FACTS, facts, failed, NOW, read } from './facts.test-support';
import { CHECKS, preflight } from './preflight';
import { TABLE } from './table.test-support';

const rowOf = (id: string) => {
  const row = CHECKS.find((c) => c.id === id);
  if (!row) throw new Error(`There is no check ${id}`);
  return row;
};
const words = (c: CheckResult): string => plainText(c.measured, en, { now: NOW, zone: 'UTC' }).replace(/[\u00a0\u202f]/g, ' ');

describe('each check', () => {
  it.each(TABLE)('%s: %s', (id, verdict, change, text) => {
    const result = runCheck(rowOf(id), facts(change));
    expect([result.verdict, words(result)]).toEqual([verdict, text]);
    assertMessages(result);
    expect(result.group).toBe(rowOf(id).group);
  });
  it('has a passing row here, and every verdict that its texts allow', () => {
    for (const { id } of CHECKS)
      expect(
        TABLE.some(([of, verdict]) => of === id && verdict === 'pass'),
        id,
      ).toBe(true);
    const shown = new Set(TABLE.map(([id, , change]) => runCheck(rowOf(id), facts(change)).measured.key));
    const texts = Object.keys(en).filter(
      (k) => /^check\.[\w-]+\.[\w-]+$/.test(k) && !/\.(title|why|fix)$/.test(k) && !k.startsWith('check.measured.'),
    );
    expect(texts.filter((k) => !shown.has(k))).toEqual([]);
  });
  it('has a title, a why and a way to put it right', () => {
    for (const { id } of CHECKS)
      for (const part of ['title', 'why', 'fix']) expect(en[`check.${id}.${part}`], `${id} ${part}`).toMatch(/\w/);
  });
});

describe('what could not be measured', () => {
  /** Each reading of the facts, spoilt. */
  const spoil = (f: PreflightFacts, with_: Reading<never>): readonly (readonly [string, PreflightFacts])[] => {
    const side = (which: 'source' | 'target') =>
      (['engine', 'container', 'controller', 'disk', 'configLines', 'writable', 'portsTaken'] as const).map(
        (r) => [`${which} ${r}`, { ...f, [which]: { ...f[which], [r]: with_ } }] as const,
      );
    return [...side('source'), ...side('target'), ...(['lock', 'agents', 'joc'] as const).map((r) => [r, { ...f, [r]: with_ }] as const)];
  };
  it.each([
    ['failed', failed('No route to host.'), 'Could not be measured: No route to host.'],
    ['never', never, 'Not measured yet.'],
  ] as const)('%s: every check that rests on it is unknown, and blocks', (_, reading, text) => {
    let seen = 0;
    for (const row of CHECKS) {
      for (const [what, f] of spoil(FACTS, reading)) {
        if (!row.rests.some((name) => readingOf(f, name) === reading)) continue;
        seen++;
        const result = runCheck(row, f);
        expect([result.verdict, words(result)], `${row.id} without ${what}`).toEqual(['unknown', text]);
      }
    }
    expect(seen).toBeGreaterThan(25);
  });
  it('no check reads what it does not rest on, whatever is missing', () => {
    for (const reading of [failed(), never])
      for (const [what, f] of spoil(FACTS, reading))
        for (const row of CHECKS) expect(() => runCheck(row, f), `${row.id} without ${what}`).not.toThrow();
  });
  it('each spoilt reading keeps the whole from being ready, but for the Controller of the one that rests', () => {
    for (const reading of [failed(), never]) {
      for (const [what, f] of spoil(FACTS, reading))
        if (!['target controller', 'source portsTaken'].includes(what)) expect(preflight(f).ready, what).toBe(false);
    }
  });
});

describe('the whole', () => {
  it('is ready when all pass, and counts', () => {
    expect(preflight(FACTS)).toMatchObject({ ready: true, counts: { pass: CHECKS.length, warn: 0, block: 0, unknown: 0 } });
  });
  it('is ready with warnings, and not with a block or with anything unknown', () => {
    expect(preflight(facts({ all: { joc: read('none') } }))).toMatchObject({ ready: true, counts: { warn: 0 } });
    expect(preflight(facts({ all: { agents: read('not-in-time') } }))).toMatchObject({ ready: true, counts: { warn: 1 } });
    expect(preflight(facts({ all: { openRun: '6' } })).ready).toBe(false);
    expect(preflight(facts({ all: { joc: failed() } })).ready).toBe(false);
  });
  it('stands in the order of its groups, with unique ids', () => {
    const groups = CHECKS.map((c) => GROUPS.indexOf(c.group));
    expect(groups).toEqual([...groups].sort((a, b) => a - b));
    expect(new Set(CHECKS.map((c) => c.id)).size).toBe(CHECKS.length);
  });
  it('says of each check when its oldest fact was read', () => {
    const f = facts({ target: { engine: read(engine(0), NOW - 7_000) } });
    expect(runCheck(rowOf('clocks'), f).at).toBe(NOW - 7_000);
    expect(runCheck(rowOf('no-alarm'), f).at).toBeUndefined();
  });
});
