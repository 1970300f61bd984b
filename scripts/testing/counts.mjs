// What the runners say, in one shape: { passed, failed, skipped }. A runner that ran nothing, or ended badly without naming a failure, has failed.
import { existsSync, readFileSync } from 'node:fs';

export const NONE = { passed: 0, failed: 0, skipped: 0 };

export function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** A check that only has an exit code counts as one test. */
export function fromExitCode(code) {
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** From the file of vitest's JSON reporter. */
export function fromVitest(file, code) {
  const report = readReport(file);
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const brokenFiles = report.testResults.filter(
    (f) => f.status === 'failed' && f.assertionResults.every((t) => t.status !== 'failed'),
  ).length;
  return hold(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests + brokenFiles,
      skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    },
    code,
  );
}

/** From the file of Playwright's JSON reporter. A test that passed only on a second try has failed. */
export function fromPlaywright(file, code) {
  const report = readReport(file);
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = report.stats;
  return hold({ passed: expected, failed: unexpected + flaky, skipped }, code);
}

/** From a last line `N passed, N failed`. */
export function fromLastLine(output, code) {
  const line = output.trimEnd().split('\n').at(-1) ?? '';
  const m = /^(\d+) passed, (\d+) failed$/.exec(line);
  return hold(m ? { passed: Number(m[1]), failed: Number(m[2]), skipped: 0 } : NONE, code);
}

function hold(counts, code) {
  const ranNothing = counts.passed + counts.failed === 0;
  const silentFailure = code !== 0 && counts.failed === 0;
  return ranNothing || silentFailure ? { ...counts, failed: counts.failed + 1 } : counts;
}

function readReport(file) {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}
