/** INVARIANTS.md names the tests that hold each invariant: they exist. And the one invariant that is held by what is *not* called. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const lines = readFileSync(join(import.meta.dirname, 'INVARIANTS.md'), 'utf8').split('\n');
const named = lines.flatMap((l) => {
  const m = /^ {2}- `([^`]+)`: (.+)$/.exec(l);
  return m ? [[m[1] as string, m[2] as string] as const] : [];
});

/** Is there a test (or a group of tests) of this name in the text? */
function hasTest(text: string, name: string): boolean {
  const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?:\\b(?:it|test|describe)\\(|\\)\\()\\s*(['"\`])${quoted}\\1`).test(text);
}

describe('INVARIANTS.md', () => {
  it('has all eight, each with rules, and each rule with a test', () => {
    expect(lines.filter((l) => l.startsWith('## ')).map((l) => l.slice(3, 5))).toEqual(['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8']);
    const rules = lines.flatMap((l, i) => (l.startsWith('- ') ? [[l, lines[i + 1] ?? ''] as const] : []));
    expect(rules.length).toBeGreaterThan(20);
    for (const [rule, next] of rules) {
      expect(rule).toMatch(/must|may be done without/);
      expect(next, rule).toMatch(/^ {2}- `/);
    }
    for (const l of lines.filter((x) => x.startsWith('  -'))) expect(l).toMatch(/^ {2}- `[\w./-]+`: \S/);
  });
  it.each(named)('%s: %s', (file, name) => {
    expect(existsSync(join(root, file))).toBe(true);
    expect(hasTest(readFileSync(join(root, file), 'utf8'), name)).toBe(true);
  });
  it('a test that is gone, or only spoken of, would be noticed', () => {
    expect(hasTest("it('a b', () => {})", 'a b')).toBe(true);
    expect(hasTest("it.each([\n  1,\n])('a b', () => {})", 'a b')).toBe(true);
    expect(hasTest("// a b\nit('a b c', () => {})", 'a b')).toBe(false);
    expect(hasTest("expect('a b')", 'a b')).toBe(false);
  });
});

describe('I8', () => {
  /** Everything of the ports that changes something (lib/ports/engine.ts, moving.ts, controller.ts). */
  const CHANGES =
    /\.(start|stop|setRestartPolicy|takeLock|releaseLock|moving|write|makeFolder|rename|append|appendFrom|moveFiles|replaceText|discardCopy|purgeRetired|shutDown|register|unregister|setAliases|makeInstance)\(/;
  const changes = (text: string) => CHANGES.exec(text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ''))?.[1];
  it('what watches calls nothing that changes', () => {
    const folder = join(root, 'lib/usecases/observe');
    const files = readdirSync(folder).filter((f) => f.endsWith('.ts') && !/\.test(-support)?\./.test(f));
    expect(files.length).toBeGreaterThan(5);
    const outside = (text: string) => changes(text.replace(/\btimeline\.append\(/g, ''));
    for (const f of files) expect([f, outside(readFileSync(join(folder, f), 'utf8'))]).toEqual([f, undefined]);
  });
  it('a planted change is seen', () => {
    expect(changes('await engine.setRestartPolicy(name, p);')).toBe('setRestartPolicy');
    expect(changes('await engine.moving(name).discardCopy(p);')).toBe('moving');
    expect(changes('// engine.stop(x)\nengine.inspect(x)')).toBeUndefined();
  });
});
