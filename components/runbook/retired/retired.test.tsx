import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { AT } from '../../cluster/testing/sample';
import { loadTexts } from '../../text/catalogue';
import { ViewerProvider } from '../../text/viewer';
import { PurgeDialog } from './purge-dialog';
import { ageInDays, sumOf } from './retired-model';

beforeAll(loadTexts);
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});
const JOURNAL = {
  clusterId: 'billing',
  slot: 'primary',
  name: 'js7-billing-primary',
  engine: 'docker-a',
  path: '/data/state.retired-42',
  bytes: 2.21e9,
  at: AT,
  purgeable: true,
} as const;

test('age in whole days; without a date it is unknown, not zero', () => {
  expect(ageInDays(AT, AT + 2.9 * 86_400_000)).toBe(2);
  expect(ageInDays(AT, AT - 5_000)).toBe(0);
  expect(ageInDays(undefined, AT)).toBeUndefined();
  expect(sumOf([JOURNAL, { ...JOURNAL, purgeable: false }])).toEqual({ folders: 2, bytes: 4.42e9, purgeable: 1 });
});

test('nothing is purged before the folder’s name was typed, whole', async () => {
  const fetched = vi.fn(async (_path: string, _init: RequestInit) => new Response(null, { status: 204 }));
  vi.stubGlobal('fetch', fetched);
  const onClose = vi.fn();
  render(
    <ViewerProvider zone="UTC" renderedAt={AT}>
      <PurgeDialog journal={JOURNAL} onClose={onClose} />
    </ViewerProvider>,
  );
  const button = screen.getByRole('button', { name: 'Purge state.retired-42' });
  const typed = screen.getByLabelText('Type the folder');
  for (const value of ['', 'state.retired-4', 'state.retired-421']) {
    fireEvent.change(typed, { target: { value } });
    fireEvent.click(button);
  }
  expect(fetched).not.toHaveBeenCalled();
  fireEvent.change(typed, { target: { value: 'state.retired-42' } });
  fireEvent.click(button);
  await waitFor(() => expect(onClose).toHaveBeenCalledWith(true));
  const [path, init] = fetched.mock.calls[0] ?? [];
  expect(path).toBe('/api/retired/purge');
  expect(JSON.parse(String(init?.body))).toMatchObject({ clusterId: 'billing', slot: 'primary', path: '/data/state.retired-42' });
});
