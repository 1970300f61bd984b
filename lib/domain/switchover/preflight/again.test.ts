/** A check names all that it looks at: only so can it be measured again by itself. */
import { describe, expect, it } from 'vitest';
import { runCheck } from './check';
import type { FactName, PreflightFacts } from './facts';
import { facts } from './facts.test-support';
import { CHECKS, factsOf, rowsOf } from './preflight';
import { TABLE } from './table.test-support';

describe('one check again', () => {
  /** The facts, noting which readings are looked at. */
  function watched(f: PreflightFacts): { readonly facts: PreflightFacts; readonly seen: Set<string> } {
    const seen = new Set<string>();
    const watch = <T extends object>(of: T, name: (key: string) => string): T =>
      new Proxy(of, {
        get(target, key) {
          const value = Reflect.get(target, key) as unknown;
          if (typeof value === 'object' && value !== null && 'kind' in value) seen.add(name(String(key)));
          return value;
        },
      });
    const side = (which: 'source' | 'target') => watch(f[which], (key) => `${which}.${key}`);
    return { facts: watch({ ...f, source: side('source'), target: side('target') }, (key) => key), seen };
  }
  it.each(CHECKS.map((c) => c.id))('%s: what it names is all that it looks at, in every row of the table', (id) => {
    const named = factsOf(rowsOf(id));
    for (const [, , change] of TABLE.filter(([of]) => of === id)) {
      const { facts: f, seen } = watched(facts(change));
      for (const row of rowsOf(id)) runCheck(row, f);
      expect([...seen].filter((name) => !named.has(name as FactName))).toEqual([]);
    }
  });
  it('a check or a group is found by its name, nothing by another', () => {
    expect(rowsOf('space').map((r) => r.id)).toEqual(['space']);
    expect(rowsOf('engines').map((r) => r.group)).toEqual(['engines', 'engines', 'engines', 'engines']);
    expect(rowsOf('nothing')).toEqual([]);
    expect([...factsOf(rowsOf('space'))]).toEqual(['source.disk', 'target.disk', 'source.controller']);
  });
});
