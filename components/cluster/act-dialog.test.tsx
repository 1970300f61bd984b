import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { ViewerProvider } from '../text/viewer';
import { ActDialog } from './act-dialog';
import { AT, sampleView } from './testing/sample';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(answer: () => Response, view = sampleView()) {
  const fetched = vi.fn(async (_path: string, _init: RequestInit) => answer());
  vi.stubGlobal('fetch', fetched);
  const onClose = vi.fn();
  render(
    <ViewerProvider zone="UTC" renderedAt={AT}>
      <ActDialog view={view} act="stop" instance={view.primary} onClose={onClose} />
    </ViewerProvider>,
  );
  return { fetched, onClose };
}

test('names container and host, and does nothing before it is told to', () => {
  const { fetched } = open(() => new Response(null, { status: 204 }));
  const dialog = screen.getByRole('dialog', { name: 'Stop js7-billing-primary?' });
  expect(dialog.textContent).toContain('js7-billing-primary');
  expect(dialog.textContent).toContain('docker-primary');
  expect(fetched).not.toHaveBeenCalled();
});

test('asks the route of that one instance and closes when it is done', async () => {
  const { fetched, onClose } = open(() => new Response(null, { status: 204 }));
  fireEvent.click(screen.getByRole('button', { name: 'Stop js7-billing-primary' }));
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(fetched.mock.calls.map(([path, init]) => [init.method, path])).toEqual([['POST', '/api/clusters/billing/instances/primary/stop']]);
});

test('of two alive without a proposal, a stop says what it loses and is done only by who has decided', () => {
  const guard = sampleView().guard;
  const alarm = { code: 'two-alive', tone: 'alarm', title: { key: 'a' }, detail: { key: 'b' }, slots: ['primary', 'secondary'] } as const;
  const { fetched } = open(() => new Response(null, { status: 204 }), { ...sampleView(), guard: { ...guard, alarms: [alarm] } });
  expect(screen.getByRole('dialog').textContent).toContain('It is not decided which one is right.');
  const stop = screen.getByRole('button', { name: 'Stop js7-billing-primary' });
  fireEvent.click(stop);
  expect(fetched).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('checkbox', { name: /js7-billing-secondary is the right one/ }));
  fireEvent.click(stop);
  expect(fetched).toHaveBeenCalledOnce();
});

test('a refusal stays in the dialog, with what to do', async () => {
  const problem = { code: 'CONFLICT', message: 'The world has changed.', remedy: 'Look at it again.' };
  const { onClose } = open(() => Response.json({ problem }, { status: 409 }));
  fireEvent.click(screen.getByRole('button', { name: 'Stop js7-billing-primary' }));
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('The world has changed.');
  expect(alert.textContent).toContain('Look at it again.');
  expect(onClose).not.toHaveBeenCalled();
});
