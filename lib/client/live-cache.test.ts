import { expect, test } from 'vitest';
import type { Snapshot } from '../contract/api';
import type { ClusterView } from '../contract/words';
import { keys } from './keys';
import { applyChange, type Cache, write } from './live-cache';

function makeCache() {
  const values = new Map<string, unknown>();
  const cache: Cache = { read: (key) => values.get(key), mutate: (key, next) => values.set(key, next) };
  return { cache, views: () => (values.get(keys.clusters) as { data: ClusterView[] }).data, values };
}
const view = (id: string, word = 'ok') => ({ id, word, inner: { a: 1 } }) as unknown as ClusterView;
const list = (rev: number, ...data: ClusterView[]): Snapshot => ({ topic: 'clusters', rev, at: rev, data });

test('an older snapshot never wins', () => {
  const { cache, views } = makeCache();
  write(cache, list(5, view('a', 'new')));
  write(cache, list(4, view('a', 'old')));
  write(cache, list(5, view('a', 'same')));
  expect(views()).toEqual([view('a', 'new')]);
  write(cache, list(6, view('a', 'newer')));
  expect(views()).toEqual([view('a', 'newer')]);
});

test('a patch changes one cluster and leaves the others the same objects', () => {
  const { cache, views } = makeCache();
  write(cache, list(5, view('a'), view('b')));
  const [, b] = views();
  expect(applyChange(cache, { id: 'a', rev: 7, at: 7, base: 4, patch: { word: 'bad' } })).toBe('done');
  expect(views()).toEqual([view('a', 'bad'), view('b')]);
  expect(views()[1]).toBe(b);
});

test('changes that are old, or whose base is missing, are not applied', () => {
  const { cache, views } = makeCache();
  expect(applyChange(cache, { id: 'a', rev: 7, at: 7, base: 4, patch: {} })).toBe('gap');
  write(cache, list(5, view('a'), view('b')));
  expect(applyChange(cache, { id: 'a', rev: 5, at: 5, base: 4, patch: { word: 'old' } })).toBe('old');
  expect(applyChange(cache, { id: 'a', rev: 9, at: 9, base: 8, patch: { word: 'gap' } })).toBe('gap');
  expect(applyChange(cache, { id: 'new', rev: 9, at: 9, view: view('new') })).toBe('gap');
  expect(views()).toEqual([view('a'), view('b')]);
  // A change of one cluster says nothing about what is known of another.
  expect(applyChange(cache, { id: 'a', rev: 9, at: 9, view: view('a', 'whole') })).toBe('done');
  expect(applyChange(cache, { id: 'b', rev: 8, at: 8, base: 5, patch: { word: 'b' } })).toBe('done');
  expect(views()).toEqual([view('a', 'whole'), view('b', 'b')]);
});

test('timelines have a key of their own', () => {
  const { cache, values } = makeCache();
  write(cache, { topic: 'timeline', rev: 1, at: 1, data: { clusterId: 'a b', events: [] } });
  expect(values.get('/api/clusters/a%20b/timeline')).toMatchObject({ rev: 1 });
});
