import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { AT } from '../../cluster/testing/sample';
import { loadTexts } from '../../text/catalogue';
import { ViewerProvider } from '../../text/viewer';
import { HeldLock } from './held-lock';

const session = vi.hoisted(() => ({ role: 'admin' }));
vi.mock('@/lib/client/use-session', () => ({ useSession: () => ({ may: () => session.role === 'admin' }) }));
beforeAll(loadTexts);
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const lock = { run: '3', handover: 'night-host', since: AT - 60_000, tokens: ['t1', 't2'] };
const show = (onGone = () => {}) =>
  render(
    <ViewerProvider zone="UTC" renderedAt={AT}>
      <HeldLock clusterId="demo" lock={lock} onGone={onGone} />
    </ViewerProvider>,
  );

test('an admin reads who holds it since when, says why, and only then removes it', async () => {
  session.role = 'admin';
  const sent: [string, unknown][] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push([url, JSON.parse(String(init.body))]);
    return new Response(null, { status: 204 });
  });
  const gone = vi.fn();
  show(gone);
  expect(screen.getByText(/Run 3 of the Handover night-host, since/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Remove the lock' }));
  const dialog = await screen.findByRole('dialog');
  const button = () => [...dialog.querySelectorAll('button')].find((b) => b.textContent === 'Remove the lock') as HTMLButtonElement;
  fireEvent.click(button());
  expect(sent).toEqual([]);
  fireEvent.change(dialog.querySelector('input') as HTMLInputElement, { target: { value: ' that host is gone ' } });
  fireEvent.click(button());
  await waitFor(() => expect(gone).toHaveBeenCalled());
  expect(sent).toEqual([['/api/clusters/demo/lock/take-over', { tokens: ['t1', 't2'], reason: 'that host is gone' }]]);
});

test('others see the evidence and who may remove it', () => {
  session.role = 'operator';
  show();
  expect(screen.getByText(/night-host/)).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
  expect(screen.getByText('An admin may remove it.')).toBeTruthy();
});
