import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fromExitCode, fromLastLine, fromPlaywright, fromVitest } from './counts.mjs';

const dir = mkdtempSync(join(tmpdir(), 'counts-'));
afterAll(() => rmSync(dir, { recursive: true }));
function report(content) {
  const file = join(dir, 'report.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}
const vitest = (over) => ({ numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [], ...over });

test('vitest: passed, failed, skipped and todo are told apart', () => {
  const file = report(vitest({ numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 }));
  expect(fromVitest(file, 1)).toEqual({ passed: 5, failed: 1, skipped: 3 });
});

test('vitest: a file that could not be loaded is a failure of its own', () => {
  const file = report(vitest({ numPassedTests: 5, testResults: [{ status: 'failed', assertionResults: [] }] }));
  expect(fromVitest(file, 1)).toEqual({ passed: 5, failed: 1, skipped: 0 });
});

test.each([
  ['no report', () => fromVitest(join(dir, 'absent.json'), 0)],
  ['half a report', () => fromVitest(report('{"numPassedTests": 3,'), 0)],
  ['nothing ran', () => fromVitest(report(vitest({ numPendingTests: 4 })), 0)],
  ['a bad exit code without a named failure', () => fromVitest(report(vitest({ numPassedTests: 3 })), 1)],
  [
    'a browser test that passed at its second try',
    () => fromPlaywright(report({ stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 0 } }), 0),
  ],
  ['no browser test ran', () => fromPlaywright(report({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 9 } }), 0)],
  ['a kit that says nothing', () => fromLastLine('', 0)],
  ['a kit that ran nothing', () => fromLastLine('0 passed, 0 failed\n', 0)],
  ['a kit whose count is not its last line', () => fromLastLine('3 passed, 0 failed\nbye', 0)],
  ['a kit with a bad exit code', () => fromLastLine('3 passed, 0 failed\n', 1)],
  ['a check that ended with 2', () => fromExitCode(2)],
])('%s counts as a failure', (_, counts) => {
  expect(counts().failed).toBe(1);
});

test('a good run of each kind has no failure', () => {
  expect(fromPlaywright(report({ stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 1 } }), 0)).toEqual({
    passed: 3,
    failed: 0,
    skipped: 1,
  });
  expect(fromLastLine('x\n212 passed, 0 failed\n', 0)).toEqual({ passed: 212, failed: 0, skipped: 0 });
  expect(fromExitCode(0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
});
