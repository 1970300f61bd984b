import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { asText, failingInPlaywright, failingInText, failingInVitest } from './failing.mjs';

const dir = mkdtempSync(join(tmpdir(), 'failing-'));
afterAll(() => rmSync(dir, { recursive: true }));
function report(content) {
  const file = join(dir, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

test('vitest: each failed test with its file, its place and the first lines of its error, without colours', () => {
  const failed = {
    status: 'failed',
    ancestorTitles: ['outer', 'inner'],
    title: 'says so',
    failureMessages: ['\u001b[31mError\u001b[39m: a\n\n  b\n at c\n at d'],
  };
  const file = report({
    testResults: [
      { name: '/r/lib/a.test.ts', status: 'failed', assertionResults: [failed, { status: 'passed' }] },
      { name: '/r/lib/b.test.ts', status: 'failed', message: 'cannot be loaded', assertionResults: [] },
      { name: '/r/lib/c.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }] },
    ],
  });
  expect(failingInVitest(file, '/r')).toEqual([
    { name: 'lib/a.test.ts > outer > inner > says so', why: ['Error: a', 'b', 'at c'] },
    { name: 'lib/b.test.ts', why: ['cannot be loaded'] },
  ]);
});

test('Playwright: unexpected and flaky ones, in nested groups, and its own errors', () => {
  const spec = (title, status, message) => ({
    file: 'x.spec.ts',
    line: 7,
    title,
    tests: [{ status, results: [{ error: message && { message } }] }],
  });
  const file = report({
    errors: [{ message: 'no browser' }],
    suites: [
      {
        title: 'x.spec.ts',
        file: 'x.spec.ts',
        specs: [spec('one', 'unexpected', 'not visible'), spec('two', 'expected')],
        suites: [{ title: 'group', file: 'x.spec.ts', specs: [spec('three', 'flaky', 'late')] }],
      },
    ],
  });
  expect(failingInPlaywright(file)).toEqual([
    { name: 'x.spec.ts:7 > one', why: ['not visible'] },
    { name: 'x.spec.ts:7 > group > three', why: ['late'] },
    { name: 'Playwright itself', why: ['no browser'] },
  ]);
});

test('text: what speaks of failures, else the last words; long lines are cut; no report names nothing', () => {
  expect(failingInText('types', 'fine\na.ts(1,1): error TS1\nmore\n3 passed, 1 failed\n')).toEqual({
    name: 'types',
    why: ['a.ts(1,1): error TS1'],
  });
  expect(failingInText('x', `1\n2\n3\n${'4'.repeat(1000)}\n`).why.map((l) => l.length)).toEqual([1, 1, 240]);
  expect(failingInVitest(join(dir, 'absent.json'), '/r')).toEqual([]);
  expect(asText({ name: 'n', why: ['w'] })).toBe('  ✗ n\n      w');
});
