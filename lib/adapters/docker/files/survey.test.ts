import { expect, test } from 'vitest';
import { surveyFrom } from './survey';

const WHOLE = Buffer.from(
  "there\n81a4 3 1 0 0 7 ./controller--1.journal/\n//\nthere\n41ed 9 1 0 0 8 ./state/\n//\ncontroller--1.journal 3 3 0\nab\n.\ntext 4\n'ü\nabsent\nend\n",
);

test('a whole answer is taken apart', () => {
  expect(surveyFrom(WHOLE)).toEqual({
    state: [expect.objectContaining({ name: 'controller--1.journal', kind: 'file', bytes: 3, inode: 7 })],
    beside: [expect.objectContaining({ name: 'state', kind: 'folder' })],
    newest: [{ name: 'controller--1.journal', bytes: 3, head: 'ab\n', tail: 'ab\n', whole: true }],
    texts: [Buffer.from("'ü\n"), 'absent'],
  });
});

test('one that was cut off anywhere, or goes on, is none: never a smaller world', () => {
  for (let end = 0; end < WHOLE.length; end++) expect(surveyFrom(WHOLE.subarray(0, end)), `cut at ${end}`).toBeUndefined();
  expect(surveyFrom(Buffer.concat([WHOLE, Buffer.from('x')]))).toBeUndefined();
});
