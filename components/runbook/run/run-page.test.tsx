import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { SWRConfig } from 'swr';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CopyProgress, RunAnswer } from '@/lib/contract/runs';
import type { ClusterView } from '@/lib/domain/cluster/view';
import type { StopReason } from '@/lib/domain/switchover/events';
import { sampleView } from '../../cluster/testing/sample';
import { sampleJocView } from '../../registration/testing/samples';
import { loadTexts } from '../../text/catalogue';
import { ViewerProvider } from '../../text/viewer';
import { answer, BOTH_STOPPED, chose, end, interrupted, SOURCE_RUNS, stopped, takenBack, upTo, whole } from '../testing/samples';
import { RunView } from './run-page';

const NOW = answer(upTo('copy-rest')).summary.startedAt + 44_000;
const fetched = vi.fn(async (_path: string, _init: RequestInit) => new Response(null, { status: 204 }));
vi.mock('next/navigation', () => ({ useRouter: () => ({ push: vi.fn(), prefetch: vi.fn() }) }));
beforeAll(loadTexts);
beforeEach(() => vi.stubGlobal('fetch', fetched));
afterEach(() => {
  cleanup();
  fetched.mockClear();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const wrapped = (a: RunAnswer, o: { view?: ClusterView; may?: boolean; progress?: CopyProgress; onChosen?: () => Promise<void> } = {}) => (
  <SWRConfig value={{ provider: () => new Map(), fallback: { '/api/clusters': { rev: 1, at: NOW, data: [o.view ?? sampleView()] } } }}>
    <ViewerProvider zone="UTC" renderedAt={NOW}>
      <RunView answer={a} may={o.may ?? true} progress={o.progress} onChosen={o.onChosen ?? (async () => undefined)} />
    </ViewerProvider>
  </SWRConfig>
);
const show = (...args: Parameters<typeof wrapped>) => render(wrapped(...args));
const verdict = () => document.getElementById('verdict');
const said = () => verdict()?.textContent ?? '';
const posted = () => fetched.mock.calls.map(([path, init]) => [path, JSON.parse(String(init.body))]);

describe('a run that works', () => {
  test('says its step, marks it, and keeps the clock out of what is announced', () => {
    show(answer(upTo('copy-rest')));
    expect(said()).toBe('Step 7 of 14: Copy the rest and verify every file');
    expect(document.querySelector('[aria-current="step"]')?.textContent).toContain('Step 7, now: Copy the rest');
    const timer = screen.getByRole('timer');
    expect(timer.closest('[role="status"]')).toBeNull();
    expect(document.querySelectorAll('[data-look="done"]')).toHaveLength(6);
    expect(document.querySelectorAll('[data-look="next"]')).toHaveLength(7);
  });

  test('the copy has a bar with its name and value, bytes per second and what is left; none of it in a live region', () => {
    const progress = {
      step: 'copy-rest',
      file: 'controller--7.journal',
      doneBytes: 212.6e6,
      totalBytes: 369.4e6,
      bytesPerSecond: 74.2e6,
    } as const;
    show(answer(upTo('copy-rest')), { progress });
    const bar = screen.getByRole('progressbar', { name: 'Copying' });
    expect(bar.getAttribute('aria-valuenow')).toBe('57');
    const row = bar.closest('li');
    for (const text of ['213', '369', '74.2', 'about 2.1']) expect(row?.textContent).toContain(text);
    expect(bar.closest('[aria-live], [role="status"]')).toBeNull();
  });

  test('the point of no return stands between 9 and 10, and the rail is gold from 4 to 11', () => {
    show(answer(upTo('copy-rest')));
    const items = within(screen.getByRole('region', { name: 'Steps' })).getAllByRole('listitem');
    const point = items.findIndex((li) => li.textContent?.includes('Point of no return'));
    expect(items[point - 1]?.textContent).toContain('Step 9');
    expect(items[point + 1]?.textContent).toContain('Step 10');
    const gold = items.filter((li) => li.querySelector('[data-gold]')).map((li) => /Step (\d+)/.exec(li.textContent ?? '')?.[1]);
    expect(gold).toEqual(['4', '5', '6', '7', '8', '9', '10', '11']);
  });

  test('abort lists what it will do, asks once more, and only then asks the server', async () => {
    const onChosen = vi.fn(async () => undefined);
    show(answer(upTo('copy-rest')), { onChosen });
    fireEvent.click(screen.getByRole('button', { name: 'Abort and undo' }));
    const dialog = screen.getByRole('dialog', { name: 'Abort run 42 and undo it?' });
    expect(
      within(dialog)
        .getAllByRole('listitem')
        .map((li) => li.textContent),
    ).toEqual([
      'What was there before is moved back; the copy goes back to staging.',
      'The marker file is removed.',
      'Restart policy and configuration are put back as they were.',
      'The Primary is started again and has to prove that it works.',
      'The copy in the staging folder is deleted; the journal itself is not touched.',
      'The locks are removed.',
    ]);
    expect(fetched).not.toHaveBeenCalled();
    fireEvent.change(within(dialog).getByLabelText('Why (recorded)'), { target: { value: ' slow disk ' } });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Abort and undo' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(posted()).toEqual([['/api/runs/42/choose', { choice: 'undo', why: 'slow disk' }]]);
    expect(onChosen).toHaveBeenCalledOnce();
  });

  test('a question that stands open when the point is passed says that it is too late', () => {
    const { rerender } = show(answer(upTo('unfence')));
    fireEvent.click(screen.getByRole('button', { name: 'Abort and undo' }));
    const running = { ...BOTH_STOPPED, target: { ...BOTH_STOPPED.target, running: 'yes' as const } };
    rerender(wrapped(answer(upTo('prove-works'), running)));
    const dialog = screen.getByRole('dialog');
    expect(
      within(dialog)
        .getByText(/Too late/)
        .closest('[role=alert]'),
    ).toBeTruthy();
    fireEvent.click(within(dialog).getByRole('button', { name: 'Abort and undo' }));
    expect(fetched).not.toHaveBeenCalled();
  });

  test('past the point of no return no abort is offered', () => {
    show(answer(upTo('prove-works'), { ...BOTH_STOPPED, target: { ...BOTH_STOPPED.target, running: 'yes' } }));
    expect(screen.queryByRole('button', { name: 'Abort and undo' })).toBeNull();
    expect(document.body.textContent).toContain('Passed. Going back is a new run.');
  });

  test('a viewer finds the button and reads why not', () => {
    show(answer(upTo('copy-rest')), { may: false });
    const button = screen.getByRole('button', { name: 'Abort and undo' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(button);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toContain('may look only');
  });

  test('an undo says how far it is, and what is being taken back', () => {
    const begun = [...upTo('copy-rest'), chose('undo'), ...takenBack().slice(0, 3)];
    show(answer(begun));
    expect(said()).toBe('Undoing, 2 of 6: Prove the fence and leave a marker');
    expect(document.querySelectorAll('[data-look="undone"]')).toHaveLength(1);
    expect(screen.queryByRole('button', { name: 'Abort and undo' })).toBeNull();
  });
});

describe('a run that waits for a person', () => {
  test('interrupted: the world fits, going on is recommended, chosen first and not done before the button', async () => {
    show(answer([...upTo('copy-rest'), interrupted]));
    expect(said()).toBe('Interrupted in step 7 of 14. The world still fits the plan.');
    const radios = screen.getAllByRole<HTMLInputElement>('radio');
    expect(radios.map((r) => [r.value, r.checked])).toEqual([
      ['continue', true],
      ['undo', false],
      ['by-hand', false],
    ]);
    expect(document.querySelector('[data-look="unsure"]')?.textContent).toContain('Step 7, outcome unknown');
    expect(fetched).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Continue with step 7' }));
    await waitFor(() => expect(posted()).toEqual([['/api/runs/42/choose', { choice: 'continue' }]]));
  });

  test('the button says what it will do when another way is chosen', () => {
    show(answer([...upTo('copy-rest'), interrupted]));
    fireEvent.click(screen.getByRole('radio', { name: /Undo everything/ }));
    expect(screen.getByRole('button', { name: 'Undo everything' })).toBeTruthy();
  });

  test('not looked at yet: says that it looks, and claims nothing of what runs', () => {
    show(answer([...upTo('copy-rest'), interrupted], null));
    expect(said()).toBe('Interrupted in step 7 of 14. Looking at the world.');
    expect(document.body.textContent).not.toContain('No Controller runs');
    expect(document.body.textContent).toContain('The world is being looked at.');
  });

  test('stopped because the source runs: bad, not an alarm; what differs stands in the table, the rest folds away', () => {
    show(answer([...upTo('retire'), stopped('source-running', 'retire')], SOURCE_RUNS));
    expect(said()).toBe('Stopped itself in step 8 of 14. Somebody started the Primary again.');
    expect(screen.queryByText(/Stopped itself/, { selector: '[role=alert]' })).toBeNull();
    const differs = [...document.querySelectorAll('[data-verdict="differs"]')].map((row) => row.getAttribute('data-fact'));
    expect(differs).toEqual(expect.arrayContaining(['source-container', 'source-policy', 'source-flag']));
    expect(document.querySelector('details [data-verdict="same"]')).toBeTruthy();
    expect(document.querySelector('details [data-verdict="differs"]')).toBeNull();
  });

  test.each<StopReason>([
    'source-running',
    'source-ended',
    'target-running',
    'journal-changed',
    'fence-gone',
    'lock-lost',
    'other-lineage',
    'not-proper',
    'target-refused',
    'step-failed',
    'cannot-see',
    'not-reached',
  ])('stopped for %s: a sentence for people, and at least one way on', (reason) => {
    show(answer([...upTo('retire'), stopped(reason, 'retire')]));
    expect(said()).toMatch(/^Stopped itself in step 8 of 14\. [A-Z][^{}]+\.$/);
    expect(said()).not.toContain('run.stopped');
    expect(screen.getAllByRole('radio').length).toBeGreaterThan(0);
  });

  test('nobody runs: an alarm; two run: an alarm', () => {
    show(answer([...upTo('retire'), stopped('not-reached', 'retire')]));
    expect(screen.getByText(/No Controller runs/, { selector: '[role=alert]' })).toBeTruthy();
    cleanup();
    const both = { ...SOURCE_RUNS, target: { ...SOURCE_RUNS.target, running: 'yes' as const } };
    show(answer([...upTo('retire'), stopped('target-running', 'retire')], both));
    expect(screen.getByText(/Both run/, { selector: '[role=alert]' })).toBeTruthy();
  });

  test('what cannot lead to the goal is not offered, and says so', () => {
    show(answer([...upTo('retire'), stopped('journal-changed', 'retire')]));
    expect(screen.queryByRole('radio', { name: /Continue/ })).toBeNull();
    expect(document.body.textContent).toContain('Going on is not offered');
  });

  test('a viewer sees everything and can choose nothing', () => {
    show(answer([...upTo('copy-rest'), interrupted]), { may: false });
    fireEvent.click(screen.getByRole('button', { name: 'Continue with step 7' }));
    expect(fetched).not.toHaveBeenCalled();
    expect(document.body.textContent).toContain('Your role may look only');
  });

  test('a refusal of the server stays beside the button', async () => {
    fetched.mockResolvedValueOnce(Response.json({ problem: { code: 'CONFLICT', message: 'Somebody else has chosen.' } }, { status: 409 }));
    show(answer([...upTo('copy-rest'), interrupted]));
    fireEvent.click(screen.getByRole('button', { name: 'Continue with step 7' }));
    expect((await screen.findByText('Somebody else has chosen.')).closest('[role=alert]')).toBeTruthy();
  });
});

describe('by hand', () => {
  const byHand = () => answer([...upTo('copy-rest'), interrupted, chose('by-hand')]);
  test('shows the commands of the steps that remain, and "I am done" asks once more', async () => {
    show(byHand());
    expect(said()).toBe('By hand: a person finishes this run.');
    const card = screen.getByRole('region', { name: /By hand: what remains/ });
    expect(within(card).getAllByRole('listitem')).toHaveLength(8);
    expect(card.textContent).toContain('docker start js7-billing-secondary');
    fireEvent.click(screen.getByRole('button', { name: 'I am done' }));
    const dialog = screen.getByRole('dialog', { name: 'Is run 42 finished by hand?' });
    expect(fetched).not.toHaveBeenCalled();
    fireEvent.click(within(dialog).getByRole('button', { name: 'I am done' }));
    await waitFor(() => expect(posted()).toEqual([['/api/runs/42/choose', { choice: 'done-by-hand' }]]));
  });

  test('after an undo that was left, what is not put back stands in the order of an undo: fence off before start', () => {
    show(answer([...upTo('copy-rest'), chose('undo'), ...takenBack().slice(0, 2), interrupted, chose('by-hand')]));
    const text = screen.getByRole('region', { name: /By hand: what remains/ }).textContent ?? '';
    const [fence, start] = ['Restart policy and configuration are put back', 'The Primary is started again'].map((s) => text.indexOf(s));
    expect(fence).toBeGreaterThan(0);
    expect(start).toBeGreaterThan(fence ?? Number.POSITIVE_INFINITY);
  });
});

describe('a run that has ended', () => {
  test('succeeded, but JOC still points elsewhere: one click finishes it', async () => {
    const note = { key: 'ui.value', params: { value: 'joc still points to the Primary.' } };
    const a = answer([...whole(), end('succeeded')]);
    const view = { ...sampleView(), id: a.summary.clusterId, joc: sampleJocView({ toFollow: { slot: 'secondary', note } }) };
    show(a, { view });
    expect(await screen.findByText(/joc still points to the Primary\./)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Finish now' })).toBeTruthy();
    expect(screen.queryByText('left to do')).toBeNull();
    cleanup();
    show({ ...a, report: { ...a.report, left: a.steps.slice(-1).map(({ step }) => step) } }, { view });
    expect(screen.getByText('left to do')).toBeTruthy();
    cleanup();
    show(answer([...whole(), end('succeeded')]), { view: { ...view, joc: sampleJocView() } });
    expect(screen.queryByRole('button', { name: 'Finish now' })).toBeNull();
  });

  test('succeeded: outcome, downtime, proof, hashes, who and why, and one click back', () => {
    show(answer([...whole(), end('succeeded')]));
    expect(said()).toBe('Done: the Secondary is active, and nothing was lost.');
    expect(screen.getByRole('link', { name: 'Switch back to the Primary' }).getAttribute('href')).toBe(
      '/clusters/billing/switch-over?from=secondary',
    );
    const results = [...document.querySelectorAll('#proved ~ * [data-fact], [data-fact]')].map((row) => row.textContent);
    expect(results.join('\n')).toMatch(/Last event.*100.*120.*not behind/);
    expect(document.body.textContent).toContain('a'.repeat(64));
    expect(document.body.textContent).toContain('after the stop');
    for (const text of ['m.keller', 'Kernel update on docker-a', 'CHG-20418', '9f41c7e2'])
      expect(document.body.textContent).toContain(text);
    expect(screen.queryByRole('timer')).toBeNull();
  });

  test('accepted warnings stand in the report as they were measured, beside the time spent; a ticket is a link only where it is one', () => {
    const [first, ...rest] = whole();
    if (first?.type !== 'RunStarted') throw new Error('no start');
    const measured = { key: 'check.measured.never' };
    const start = { ...first, ticket: 'https://tickets.example/7', timeSpent: 15, accepted: [{ id: 'other-starters', measured }] };
    show(answer([start, ...rest, end('succeeded')]));
    expect(document.body.textContent).toContain('Time Spent15 min');
    expect(screen.getByRole('heading', { name: 'Accepted warnings' }).parentElement?.textContent).toContain(
      'Nothing else starts it again:',
    );
    expect(screen.getByRole('link', { name: 'https://tickets.example/7' }).getAttribute('rel')).toContain('noopener');
    cleanup();
    show(answer([{ ...start, ticket: 'javascript:alert(1)', accepted: [] }, ...rest, end('succeeded')]));
    expect(screen.queryByRole('link', { name: /javascript/ })).toBeNull();
    expect(document.body.textContent).toContain('None: every check had passed.');
  });

  test('undone: nothing is called proved that was not', () => {
    show(answer([...upTo('copy-rest'), chose('undo'), ...takenBack(), end('undone')]));
    expect(said()).toBe('Undone: everything is as it was before the run.');
    expect(document.querySelector('[data-fact="lastEvent"]')?.textContent).toContain('not proved');
    expect(document.body.textContent).toContain('a.novak: undo. disk too slow');
    expect(screen.getByRole('link', { name: 'Prepare it again' }).getAttribute('href')).toContain('from=primary');
  });

  test('by hand: says that Handover did not prove it', () => {
    show(answer([...upTo('copy-rest'), interrupted, chose('by-hand'), chose('done-by-hand'), end('by-hand')]));
    expect(said()).toBe('Finished by hand.');
    expect(document.body.textContent).toContain('did not prove the outcome');
    expect(screen.queryByRole('link', { name: /Switch back/ })).toBeNull();
  });

  test('who watched it end finds the focus on the verdict; who comes later keeps theirs', () => {
    const { rerender } = show(answer(upTo('report')));
    rerender(wrapped(answer([...whole(), end('succeeded')])));
    expect(document.activeElement?.contains(verdict())).toBe(true);
    cleanup();
    show(answer([...whole(), end('succeeded')]));
    expect(document.activeElement).toBe(document.body);
  });
});
