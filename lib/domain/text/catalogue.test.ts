/** The catalogue as a whole: keys are unique over all areas, every key that the code names has its text, and no text of the judgement is left over. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AREAS, en } from './en';

const SOURCES = ['lib', 'app', 'components'].flatMap((folder) => files(join(process.cwd(), folder)));
function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return /\.tsx?$/.test(entry.name) && !/\.(test|suite|test-support)\./.test(entry.name) && !path.includes('/text/en/') ? [path] : [];
  });
}
const code = SOURCES.map((path) => readFileSync(path, 'utf8'));

test('keys are unique over all areas', () => {
  const owners = new Map<string, string[]>();
  for (const [area, texts] of Object.entries(AREAS))
    for (const key of Object.keys(texts)) owners.set(key, [...(owners.get(key) ?? []), area]);
  expect([...owners].filter(([, areas]) => areas.length > 1)).toEqual([]);
  expect(owners.size).toBe(Object.keys(en).length);
});

test('every area is merged: each text of each file in text/en is in the catalogue', () => {
  const folder = join(process.cwd(), 'lib/domain/text/en');
  const texts = readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/^ {2}'([\w.-]+)':/gm)].map((hit) => `${file}: ${hit[1]}`),
  );
  expect(texts.length).toBeGreaterThan(500);
  expect(texts.filter((text) => en[text.slice(text.indexOf(' ') + 1)] === undefined)).toEqual([]);
});

test('every key that the code names has its text', () => {
  const calls = /\b(?:say|t|m)\(\s*'([\w-]+\.[\w.-]+)'|\bkey: '([\w-]+\.[\w.-]+)'/g;
  const used = code.flatMap((text) => [...text.matchAll(calls)].map((hit) => hit[1] ?? hit[2] ?? ''));
  expect(used.length).toBeGreaterThan(250);
  expect([...new Set(used)].filter((key) => en[key] === undefined)).toEqual([]);
});

test('no text of the judgement is left over', () => {
  const all = code.join('\n');
  // Keys that are put together from a code: `status.${code}` and the like.
  const composed = ['status.', 'role.', 'event.over.', 'alarm.third-copy.'];
  const unused = Object.keys(AREAS.cluster).filter(
    (key) => !all.includes(`'${key}'`) && !composed.some((start) => key.startsWith(start) && all.includes(`\`${start}`)),
  );
  expect(unused).toEqual([]);
});

test('texts are sentences for people: no double spaces, no straight apostrophes, no empty text', () => {
  for (const [key, text] of Object.entries(AREAS.cluster)) {
    expect(text, key).not.toMatch(/^\s|\s$| {2}|\w'\w/);
    expect(text.length, key).toBeGreaterThan(0);
  }
});
