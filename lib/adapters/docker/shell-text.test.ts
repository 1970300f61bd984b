import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellBytes, shellWord } from './shell-text';

const sh = (script: string): Buffer => execFileSync('sh', ['-s'], { input: script });

test('a word arrives as it is, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const word = Buffer.from(text.replaceAll('\0', ''));
      expect(sh(`printf '%s' ${shellWord(word.toString())}`).equals(Buffer.from(word.toString()))).toBe(true);
    }),
    { numRuns: 15 },
  );
});

test('bytes arrive as they are: any bytes, any length, also where a piece begins with a dash or a digit follows an octal number', () => {
  const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
  for (const bytes of [
    Buffer.alloc(0),
    all,
    Buffer.from('-n'),
    Buffer.from([0, 49, 50]),
    Buffer.concat([Buffer.alloc(4096, 'x'), Buffer.from('-e'), all]),
  ])
    expect(sh(shellBytes(bytes)).equals(bytes)).toBe(true);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 9000 }), (bytes) => {
      expect(sh(shellBytes(bytes)).equals(Buffer.from(bytes))).toBe(true);
    }),
    { numRuns: 15 },
  );
});
