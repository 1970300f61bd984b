import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { SWRConfig } from 'swr';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keys } from '@/lib/client/keys';
import type { AccountRole } from '@/lib/domain/account';
import type { InstanceView } from '@/lib/domain/cluster/view';
import { ViewerProvider } from '../text/viewer';
import { InstanceCard } from './instance-card';
import { AT, sampleInstance } from './testing/sample';

beforeEach(() => {
  vi.stubGlobal(
    'fetch',
    vi.fn(() => new Promise(() => undefined)),
  );
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const show = (instance: InstanceView, role: AccountRole = 'operator') =>
  render(
    <SWRConfig value={{ provider: () => new Map(), fallback: { [keys.session]: { account: { name: 'a', role } } } }}>
      <ViewerProvider zone="UTC" renderedAt={AT}>
        <InstanceCard instance={instance} />
      </ViewerProvider>
    </SWRConfig>,
  );
const items = async () => {
  fireEvent.click(screen.getByRole('button', { name: /^Actions for/ }));
  await waitFor(() => screen.getByRole('menu'));
  return screen.getAllByRole('menuitem').map((item) => [item.textContent, item.getAttribute('aria-disabled')]);
};

test('each source speaks for itself; nothing is asked of a stopped Controller', async () => {
  show(sampleInstance('secondary'));
  expect(await screen.findByText('Docker says')).toBeTruthy();
  expect(screen.getByText('The container does not run, so nothing answers.')).toBeTruthy();
  expect(screen.getByText('not running, as wanted')).toBeTruthy();
});

test('an unknown one says so and has no good colour', () => {
  show({
    ...sampleInstance('primary'),
    role: 'unknown',
    component: 'unknown',
    nodeState: 'unknown',
    badges: [{ tone: 'unknown', word: { key: 'badge.unknown' } }],
  });
  expect(screen.getByRole('article').dataset.state).toBe('unknown');
  expect(screen.queryByText('operational')).toBeNull();
  expect(screen.getAllByText('unknown').length).toBe(3);
});

test('impossible items stay, with their reason', async () => {
  show(sampleInstance('primary'));
  expect(await items()).toEqual([
    ['StartIt is active already', 'true'],
    ['Stop', null],
    ['Logs', null],
  ]);
});

test('a viewer finds every act, and why not', async () => {
  show(sampleInstance('primary'), 'viewer');
  const why = 'Your role may look only: an operator or admin can do this.';
  expect(await items()).toEqual([
    [`Start${why}`, 'true'],
    [`Stop${why}`, 'true'],
    ['Logs', null],
  ]);
});
