// Which tests failed and why, short enough to be the last thing in a log that keeps only its end: { name, why: at most three lines }.
import { existsSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const LINES = 3;
const WIDTH = 240;

/** From the file of vitest's JSON reporter. A file that could not be loaded is named itself. */
export function failingInVitest(file, root) {
  return (read(file)?.testResults ?? []).flatMap((f) => {
    const at = f.name.replace(`${root}/`, '');
    const failed = f.assertionResults.filter((t) => t.status === 'failed');
    if (f.status === 'failed' && failed.length === 0) return [{ name: at, why: firstLines(f.message) }];
    return failed.map((t) => ({ name: `${at} > ${[...t.ancestorTitles, t.title].join(' > ')}`, why: firstLines(t.failureMessages[0]) }));
  });
}

/** From the file of Playwright's JSON reporter; also one that passed at its second try. */
export function failingInPlaywright(file) {
  const report = read(file);
  const of = (suite, titles) => [
    ...(suite.specs ?? []).flatMap((spec) =>
      spec.tests
        .filter((t) => t.status === 'unexpected' || t.status === 'flaky')
        .map((t) => ({
          name: `${spec.file}:${spec.line} > ${[...titles, spec.title].join(' > ')}`,
          why: firstLines(t.results.map((r) => r.error?.message).find(Boolean)),
        })),
    ),
    // The outermost suite is the file.
    ...(suite.suites ?? []).flatMap((s) => of(s, suite.file === s.file ? [...titles, s.title] : titles)),
  ];
  const found = (report?.suites ?? []).flatMap((s) => of(s, []));
  return [...found, ...(report?.errors ?? []).map((e) => ({ name: 'Playwright itself', why: firstLines(e.message) }))];
}

/** Of a check that only writes text: what it says of failures, else its last words. */
export function failingInText(name, output) {
  const lines = plain(output).filter((l) => !/^\d+ passed, \d+ failed$/.test(l));
  const telling = lines.filter((l) => /error|fail|not ok|✗|×/i.test(l));
  return { name, why: (telling.length > 0 ? telling.slice(0, LINES) : lines.slice(-LINES)).map(cut) };
}

/** For the log. */
export const asText = ({ name, why }) => [`  ✗ ${name}`, ...why.map((l) => `      ${l}`)].join('\n');

const firstLines = (text) =>
  plain(text ?? '')
    .slice(0, LINES)
    .map(cut);
const plain = (text) =>
  stripVTControlCharacters(text)
    .split('\n')
    .map((l) => l.trim())
    .filter(Boolean);
const cut = (line) => (line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line);

function read(file) {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}
