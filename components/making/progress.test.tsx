import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { SetupAnswer, SetupStepAnswer } from '@/lib/contract/setup';
import { ViewerProvider } from '../text/viewer';
import { placeOf } from './progress-model';
import { SetupView } from './setup-view';

vi.mock('next/navigation', () => ({ useRouter: () => ({ push: vi.fn(), prefetch: vi.fn() }) }));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const step = (id: SetupStepAnswer['id'], state: SetupStepAnswer['state'], more: Partial<SetupStepAnswer> = {}): SetupStepAnswer => ({
  id,
  title: { key: `making.step.${id}` },
  state,
  evidence: [],
  ...more,
});
const sample = (part: Partial<SetupAnswer> = {}): SetupAnswer => ({
  id: '7',
  kind: 'create-secondary',
  clusterId: 'pay',
  clusterName: 'pay',
  who: 'ada',
  startedAt: 0,
  state: 'working',
  steps: [step('lock', 'done'), step('image', 'working', { startedAt: 0 }), step('container', 'open')],
  canUndo: true,
  choices: ['undo'],
  names: ['container pay-secondary', 'volume pay-secondary-var'],
  undoNote: { key: 'making.undo.create-secondary' },
  ...part,
});
const show = (s: SetupAnswer, may = true) =>
  render(
    <ViewerProvider zone="UTC" renderedAt={0}>
      <SetupView setup={s} may={may} />
    </ViewerProvider>,
  );
const verdict = () => screen.getByRole('heading', { level: 2, name: (_, e) => e.id === 'verdict' }).textContent;

describe('what the page says first', () => {
  test.each([
    [sample(), /^Step 2 of 3: Copy the image\.$/],
    [sample({ state: 'undoing' }), /^It is being taken back\.$/],
    [sample({ state: 'asking', why: { key: 'making.stopped.interrupted' } }), /^Interrupted in step 2 of 3: /],
    [sample({ state: 'asking', why: { key: 'making.stopped.taken' } }), /^It stands at step 2 of 3: /],
    [sample({ state: 'made', choices: ['undo'] }), /^Done: the Secondary of pay is there, cold and fenced\.$/],
    [sample({ state: 'undone', names: [] }), /^Taken back: nothing of it is left\.$/],
    [sample({ state: 'left-by-hand' }), /^Taken back, but something was left in place\.$/],
  ])('%#', (s, says) => {
    show(s);
    expect(verdict()).toMatch(says);
  });
  test('it stands at a step that failed or is unsure before one that is open', () => {
    expect(placeOf(sample({ steps: [step('lock', 'done'), step('container', 'unknown'), step('fence', 'open')] })).n).toBe(2);
    expect(placeOf(sample({ steps: [step('lock', 'done'), step('container', 'open')] })).n).toBe(2);
  });
});

test('the copy of the image has its number in text, and a bar with a name', () => {
  show(sample({ progress: { bytes: 50_000_000, of: 200_000_000 } }));
  expect(screen.getByRole('progressbar', { name: 'Copy of the image' }).getAttribute('aria-valuenow')).toBe('25');
  screen.getByText(/^50.* of about 200/);
});

test('a failed step says what went wrong and what to do', () => {
  const problem = { code: 'DISK_FULL', message: 'No space is left on docker-b.', remedy: 'Make room, then continue.' } as const;
  show(
    sample({
      state: 'asking',
      choices: ['continue', 'undo'],
      why: { key: 'making.stopped.failed' },
      steps: [step('lock', 'done'), step('image', 'failed', { problem: problem as never })],
    }),
  );
  screen.getByText('Make room, then continue.');
  expect(screen.getByRole('button', { name: 'Continue' }).getAttribute('aria-disabled')).toBeNull();
});

test('who may not sees why; nothing is sent', () => {
  const fetched = vi.fn();
  vi.stubGlobal('fetch', fetched);
  show(sample({ state: 'asking', choices: ['continue', 'undo'] }), false);
  for (const name of ['Continue', 'Undo']) {
    const button = screen.getByRole('button', { name, description: 'Only an admin decides about it.' });
    fireEvent.click(button);
  }
  expect(fetched).not.toHaveBeenCalled();
});

test('taking back names what it removes, and needs the name of the cluster', async () => {
  const asked: unknown[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push([path, JSON.parse(String(init.body))]);
    return new Response(null, { status: 204 });
  });
  show(sample({ state: 'made', choices: ['undo'] }));
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  const dialog = await screen.findByRole('dialog');
  within(dialog).getByText('volume pay-secondary-var');
  const go = within(dialog).getByRole('button', { name: 'Undo' });
  fireEvent.click(go);
  expect(asked).toEqual([]);
  fireEvent.change(within(dialog).getByRole('textbox'), { target: { value: 'pay' } });
  fireEvent.click(go);
  await waitFor(() => expect(asked).toEqual([['/api/setups/7/choose', { choice: 'undo' }]]));
});
