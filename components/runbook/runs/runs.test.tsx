import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { RunSummary } from '@/lib/contract/runs';
import { AT } from '../../cluster/testing/sample';
import { loadTexts } from '../../text/catalogue';
import { ViewerProvider } from '../../text/viewer';
import { answer, end, interrupted, upTo, whole } from '../testing/samples';
import { RunsCard } from './runs-card';
import { dayIn, fits, headline, NO_FILTER, resultOf } from './runs-model';

vi.mock('next/navigation', () => ({ useRouter: () => ({ push: vi.fn(), prefetch: vi.fn() }) }));
beforeAll(loadTexts);
afterEach(cleanup);

const DONE = answer([...whole(), end('succeeded')]).summary;
const WAITS: RunSummary = {
  ...answer([...upTo('copy-rest'), interrupted]).summary,
  runId: '45',
  clusterName: 'warehouse',
  clusterId: 'warehouse',
  by: 'a.novak',
};
const WORKS: RunSummary = { ...answer(upTo('lock')).summary, runId: '46' };
const day = dayIn('UTC');

test('a run that waits is said before one that works, and the one during which nobody works first', () => {
  const idle: RunSummary = { ...WAITS, runId: '44' };
  const { downSince: _, ...up } = idle;
  expect(headline([WORKS, up, WAITS, DONE])).toMatchObject({ kind: 'waits', run: { runId: '45' }, n: 2 });
  expect(headline([WORKS, DONE])).toMatchObject({ kind: 'working', run: { runId: '46' } });
  expect(headline([DONE])).toEqual({ kind: 'quiet', n: 1 });
});

test('the outcome of a run', () => {
  expect([DONE, WAITS, WORKS].map(resultOf)).toEqual(['done', 'waits', 'working']);
  expect(resultOf({ ...DONE, result: 'undone' })).toBe('undone');
});

test.each([
  [{ text: 'chg-20418 KERNEL' }, true],
  [{ text: 'chg-20418 nothing' }, false],
  [{ text: 'js7-billing-secondary' }, true],
  [{ cluster: 'warehouse' }, false],
  [{ result: 'done' as const }, true],
  [{ by: 'a.novak' }, false],
  [{ fromDay: '2026-11-24', toDay: '2026-11-24' }, true],
  [{ fromDay: '2026-11-25' }, false],
  [{ toDay: '2026-11-23' }, false],
])('filter %j fits: %s', (part, wanted) => {
  expect(fits(DONE, { ...NO_FILTER, ...part }, day)).toBe(wanted);
});

test('the day of a run is the viewer’s', () => {
  expect(dayIn('UTC')(Date.UTC(2026, 10, 24, 23, 30))).toBe('2026-11-24');
  expect(dayIn('Europe/Berlin')(Date.UTC(2026, 10, 24, 23, 30))).toBe('2026-11-25');
});

test('the list says where each went and how it ended, and filters at once', () => {
  render(
    <ViewerProvider zone="UTC" renderedAt={AT + 90_000}>
      <RunsCard runs={[WAITS, DONE]} />
    </ViewerProvider>,
  );
  const row = (id: string) => document.querySelector(`[data-run="${id}"]`) as HTMLElement;
  expect(row('45').textContent).toContain('waits for you');
  expect(row('45').textContent).toContain('Handover was interrupted.');
  expect(row('45').textContent).toContain('so far');
  expect(within(row('42')).getByRole('link').getAttribute('href')).toBe('/runs/42');
  expect(row('42').textContent).toContain('to the Secondary');
  fireEvent.change(screen.getByLabelText('Outcome'), { target: { value: 'done' } });
  expect(row('45')).toBeNull();
  expect(screen.getByRole('status').textContent).toBe('1 of 2');
  fireEvent.change(screen.getByLabelText('Search'), { target: { value: 'no such thing' } });
  expect(document.body.textContent).toContain('No run fits this filter.');
  fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
  expect(document.querySelectorAll('[data-run]')).toHaveLength(2);
});
