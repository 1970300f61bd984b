import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { WaySide } from '@/lib/contract/way-back';
import { WAY_STEPS, type WayStep } from '@/lib/domain/wayback/events';
import { MAY_BE_SAID, WAY_ACTS } from '@/lib/domain/wayback/steps';
import { AT } from '../../cluster/testing/sample';
import { loadTexts } from '../../text/catalogue';
import { ViewerProvider } from '../../text/viewer';
import { Checklist } from './checklist';
import { lookOf, newerOf, resetCommand, type Way } from './way-model';

vi.mock('next/navigation', () => ({ useRouter: () => ({ push: vi.fn(), prefetch: vi.fn() }) }));
const fetched = vi.fn(async (_path: string, _init: RequestInit) => new Response(null, { status: 204 }));
beforeAll(loadTexts);
beforeEach(() => vi.stubGlobal('fetch', fetched));
afterEach(() => {
  cleanup();
  fetched.mockClear();
  vi.unstubAllGlobals();
});

const side = (slot: 'primary' | 'secondary', o: Partial<WaySide> = {}): WaySide => ({
  ...{
    slot,
    name: `js7-${slot}`,
    url: `http://${slot}:4444`,
    running: 'no',
    policy: 'no',
    flag: 'off',
    active: 'unknown',
    ready: 'unknown',
  },
  journal: { lastEventId: slot === 'primary' ? 9 : 7, ending: 'proper' },
  ...o,
});
function way(now: WayStep, o: Partial<Way> = {}): Way {
  const at = WAY_STEPS.indexOf(now);
  return {
    ...{ kind: 'way', by: 'm.keller', reason: 'two lived', beganAt: AT, lookedAt: AT, working: false, lacking: [], agents: [] },
    kept: side('primary'),
    aside: side('secondary'),
    steps: WAY_STEPS.map((step, i) => ({
      ...{ step, now: i === at, seen: i < at ? ('yes' as const) : ('no' as const), evidence: [] },
      ...{ acts: WAY_ACTS.includes(step), mayBeSaid: MAY_BE_SAID.includes(step), ...(i < at && { doneAt: AT }) },
    })),
    ...o,
  };
}
const again = vi.fn(async () => undefined);
const show = (answer: Way, may = true) =>
  render(
    <ViewerProvider zone="UTC" renderedAt={AT}>
      <Checklist clusterId="billing" answer={answer} may={may} again={again} />
    </ViewerProvider>,
  );
const posted = () => fetched.mock.calls.map(([path, init]) => [path, JSON.parse(String(init.body))]);
const button = (name: string | RegExp) => screen.getByRole('button', { name });

test('what lies before the present step is done, what lies behind it waits; after the end all is done', () => {
  const a = way('start');
  expect(a.steps.map((s) => lookOf(a, s))).toEqual(['done', 'done', 'done', 'done', 'now', 'next', 'next', 'next']);
  expect(new Set(way('end', { ended: 'done' }).steps.map((s) => lookOf(way('end', { ended: 'done' }), s)))).toEqual(new Set(['done']));
});

test('a step is asked for, and only by who may', async () => {
  show(way('stop'));
  fireEvent.click(button('Do this step'));
  await waitFor(() => expect(posted()).toEqual([['/api/clusters/billing/way-back/step', { step: 'stop' }]]));
  cleanup();
  show(way('stop'), false);
  expect(button('Do this step').getAttribute('aria-disabled')).toBe('true');
});

test('which journal is kept is typed, and the newer one is named, whichever was thought so before', async () => {
  expect(newerOf(way('keep'))).toBe('kept');
  const turned = way('keep', { aside: side('secondary', { journal: { lastEventId: 12, ending: 'proper' } }) });
  expect(newerOf(turned)).toBe('aside');
  expect(newerOf(way('keep', { aside: side('secondary', { journal: 'unknown' }) }))).toBeUndefined();
  show(turned);
  expect(button('Do this step').getAttribute('aria-disabled')).toBe('true');
  fireEvent.change(screen.getByRole('textbox', { name: /kept: js7-secondary/ }), { target: { value: 'js7-secondary' } });
  fireEvent.click(button('Do this step'));
  await waitFor(() => expect(posted()[0]?.[1]).toEqual({ step: 'keep', typed: 'js7-secondary' }));
});

test('that the Agents are down is a person’s word; that they are reset is not, but needs a reason', async () => {
  show(way('agents-down'));
  fireEvent.click(button('Say that it is so'));
  await waitFor(() => expect(posted()[0]?.[1]).toEqual({ step: 'agents-down', said: true }));
  cleanup();
  show(way('reset', { agents: 'unknown' }));
  expect(button('Say that it is so').getAttribute('aria-disabled')).toBe('true');
  expect(document.body.textContent).toContain('"TYPE":"ResetAgent"');
});

test('an Agent is reset after a second question, or left with a reason; the command can be copied', async () => {
  const agent = { name: 'agent-1', url: 'http://a', coupled: false, reset: 'open' as const };
  show(way('reset', { agents: [agent, { ...agent, name: 'agent-2', reset: 'reset' }] }));
  expect(document.querySelector('[data-agent="agent-2"]')?.querySelector('button')).toBeNull();
  expect(document.body.textContent).toContain(resetCommand('http://primary:4444', 'agent-1'));
  fireEvent.click(button('Reset agent-1 with force'));
  const dialog = await screen.findByRole('dialog', { name: 'Reset agent-1?' });
  expect(dialog.textContent).toContain('Its journal is destroyed');
  expect(fetched).not.toHaveBeenCalled();
  fireEvent.click(within(dialog).getByRole('button', { name: 'Reset agent-1 with force' }));
  await waitFor(() => expect(posted()[0]?.[1]).toEqual({ step: 'reset', agent: 'agent-1' }));
  await waitFor(() => expect(again).toHaveBeenCalled());
});

test('what a step lacks, and what went wrong, is told; while one is done nothing can be asked for', () => {
  show(way('start', { lacking: ['source-fenced'], problem: { code: 'DISK_FULL', message: 'No space.' } }));
  expect(document.body.textContent).toContain('Not seen: the Secondary’s fence (restart policy no, backup flag on).');
  expect(document.body.textContent).toContain('No space.');
  cleanup();
  show(way('start', { working: true, lacking: ['source-fenced'] }));
  expect(document.body.textContent).not.toContain('Not seen');
  expect(button('Do this step').getAttribute('aria-busy')).toBe('true');
});
