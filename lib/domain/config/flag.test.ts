import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withFlag as change, withoutBlock } from './flag';

/** The last word on the flag, read as simply as the tests need it (the real parser is held elsewhere). */
const parse = (text: string): boolean => /.*is-backup\s*=\s*(\w+)/s.exec(text.replace(/#.*/g, ''))?.[1] === 'yes';

const flagOf = (text: string): 'on' | 'off' => (parse(text) ? 'on' : 'off');
const withFlag = (text: string, flag: 'on' | 'off'): string => change(text, flag, flagOf(withoutBlock(text)));

const PLAIN = 'js7.web.server.auth.public = true\n';
const BRACED = '{\n  js7 { web.server.auth.public = true } # } not this\n  note = "a } brace"\n}\n// the end }\n';

describe('the flag in controller.conf', () => {
  it.each([
    ['a plain file', PLAIN],
    ['a file without a last line feed', 'a = 1'],
    ['an empty file', ''],
    ['a file that says yes itself', 'js7.journal.cluster.node.is-backup = yes\n'],
    ['a file with Windows line ends', 'a = 1\r\nb = 2\r\n'],
  ])('%s: on, off and back again, byte for byte', (_, text) => {
    const on = withFlag(text, 'on');
    expect(flagOf(on)).toBe('on');
    expect(withFlag(on, 'on')).toBe(on);
    const off = withFlag(on, 'off');
    expect(flagOf(off)).toBe('off');
    expect(withoutBlock(off)).toBe(text);
    expect(withFlag(off, flagOf(text))).toBe(text);
  });
  it('stays inside an outer brace, whatever strings and comments hold', () => {
    const on = withFlag(BRACED, 'on');
    expect(on.indexOf('is-backup')).toBeGreaterThan(on.indexOf('a } brace'));
    expect(on.indexOf('is-backup')).toBeLessThan(on.indexOf('// the end }'));
    expect(on.trimEnd().endsWith('}\n// the end }')).toBe(true);
    expect(withoutBlock(on)).toBe(BRACED);
  });
  it('keeps any text whatever', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const clean = withoutBlock(text);
        expect(withoutBlock(withFlag(clean, 'on'))).toBe(clean);
      }),
    );
  });
});
