import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { PrepareAnswer } from '@/lib/contract/runs';
import type { CheckResult } from '@/lib/domain/switchover/preflight/check';
import { AT } from '../../cluster/testing/sample';
import { loadTexts } from '../../text/catalogue';
import { ViewerProvider } from '../../text/viewer';
import { samplePlan } from '../testing/samples';
import { Checks } from './checks';
import { Plan } from './plan';
import { groupsOf, isOld, missing, oldestOf, readinessOf, withChecks } from './prepare-model';
import { PrepareVerdict } from './prepare-verdict';
import { StartForm } from './start-form';

vi.mock('next/navigation', () => ({ useRouter: () => ({ push: vi.fn(), prefetch: vi.fn() }) }));
beforeAll(loadTexts);
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const check = (id: string, group: CheckResult['group'], verdict: CheckResult['verdict']): CheckResult => ({
  id,
  group,
  verdict,
  measured: { key: 'check.alarms.none' },
  at: AT,
});
const CHECKS = [
  check('engine-source', 'engines', 'pass'),
  check('other-starters', 'restart', 'warn'),
  check('restart-policy', 'restart', 'pass'),
];
function prepared(checks: readonly CheckResult[] = CHECKS, part: Partial<PrepareAnswer> = {}): PrepareAnswer {
  const counts = { pass: 0, warn: 0, block: 0, unknown: 0 };
  for (const c of checks) counts[c.verdict]++;
  const ready = counts.block + counts.unknown === 0;
  return { from: 'primary', to: 'secondary', checks, counts, ready, measuredAt: AT, plan: samplePlan(), ...part };
}
const inZone = (children: ReactNode) =>
  render(
    <ViewerProvider zone="UTC" renderedAt={AT}>
      {children}
    </ViewerProvider>,
  );

test('unknown blocks as much as a block; a plan that could not be made does too', () => {
  expect(readinessOf(prepared())).toBe('ready');
  expect(readinessOf(prepared([check('space', 'target', 'unknown')]))).toBe('unknown');
  expect(readinessOf(prepared([check('space', 'target', 'unknown'), check('roles', 'containers', 'block')]))).toBe('blocked');
  const { plan: _, ...without } = prepared();
  expect(readinessOf(without)).toBe('no-plan');
});

test('groups keep the order of the page and know their worst', () => {
  const groups = groupsOf([
    check('joc', 'joc-agents', 'pass'),
    check('space', 'target', 'unknown'),
    check('writable', 'target', 'warn'),
    ...CHECKS,
  ]);
  expect(groups.map((g) => [g.group, g.worst])).toEqual([
    ['engines', 'pass'],
    ['target', 'unknown'],
    ['restart', 'warn'],
    ['joc-agents', 'pass'],
  ]);
});

test('results are old after 30 s', () => {
  expect(isOld(AT, AT + 30_000)).toBe(false);
  expect(isOld(AT, AT + 30_001)).toBe(true);
});

test('each condition of the start keeps it from being possible, one after the other', () => {
  const draft = { reason: 'patches', ticket: '', timeSpent: '', accepted: new Set(['other-starters']), typed: 'js7-billing-primary' };
  const o = { may: true, measuring: false, openRun: false };
  expect(missing(prepared(), draft, o)).toBeUndefined();
  expect(missing(prepared(), draft, { ...o, may: false })).toBe('role');
  expect(missing(prepared(), draft, { ...o, measuring: true })).toBe('measuring');
  expect(missing(prepared(), draft, { ...o, openRun: true })).toBe('open');
  expect(missing(prepared([check('space', 'target', 'unknown')]), draft, o)).toBe('checks');
  expect(missing(prepared(), { ...draft, reason: '  ' }, o)).toBe('reason');
  expect(missing(prepared(), { ...draft, reason: 'a <b>' }, o)).toBe('letters');
  for (const timeSpent of ['0', '-3', '1.5', '1e3', 'ten']) expect(missing(prepared(), { ...draft, timeSpent }, o)).toBe('minutes');
  expect(missing(prepared(), { ...draft, timeSpent: ' 15 ' }, o)).toBeUndefined();
  expect(missing(prepared(), { ...draft, accepted: new Set() }, o)).toBe('warnings');
  for (const typed of ['', 'js7-billing-secondary', 'JS7-billing-primary', 'js7-billing-primar'])
    expect(missing(prepared(), { ...draft, typed }, o)).toBe('name');
});

test('a warning stands open with its remedy, what passed is closed; one check can be measured again', () => {
  const again = vi.fn();
  inZone(<Checks answer={prepared()} again={undefined} onAgain={again} />);
  const row = (id: string) => document.querySelector(`[data-check="${id}"]`) as HTMLElement;
  expect(row('other-starters').querySelector('details')?.open).toBe(true);
  expect(row('other-starters').textContent).toContain('How to fix');
  expect(row('engine-source').querySelector('details')?.open).toBe(false);
  expect(row('engine-source').textContent).not.toContain('How to fix');
  for (const name of ['Measured', 'When', 'Why it matters']) expect(row('engine-source').textContent).toContain(name);
  fireEvent.click(within(row('other-starters')).getByRole('button', { name: /Check again: Nothing else starts it again/ }));
  fireEvent.click(screen.getByRole('button', { name: 'Check these 2 again' }));
  expect(again.mock.calls).toEqual([['other-starters'], ['restart']]);
});

test('measured again alone: its result and time take their place, the others keep theirs, and the whole is judged anew', () => {
  const heldLock = { run: '3', handover: 'other', since: AT, tokens: ['x'] };
  const was = prepared([check('space', 'target', 'block'), check('other-starters', 'restart', 'warn')], { heldLock });
  const now = withChecks(was, { checks: [{ ...check('space', 'target', 'pass'), at: AT + 40_000 }], measuredAt: AT + 40_000 });
  expect(now).toMatchObject({ ready: true, counts: { pass: 1, warn: 1, block: 0, unknown: 0 }, heldLock, measuredAt: AT });
  expect(now.checks.map((c) => [c.id, c.at])).toEqual([
    ['space', AT + 40_000],
    ['other-starters', AT],
  ]);
  expect(oldestOf(now)).toBe(AT);
  const { plan: _, ...without } = was;
  expect(withChecks(without, { checks: [check('space', 'target', 'pass')], measuredAt: AT }).ready).toBe(false);
  const held = prepared([check('no-other-run', 'engines', 'block')], { heldLock });
  expect(withChecks(held, { checks: [check('no-other-run', 'engines', 'pass')], measuredAt: AT }).heldLock).toBeUndefined();
});

test('on a phone the groups that passed are closed, the others are not', () => {
  vi.stubGlobal('matchMedia', () => ({ matches: true }));
  inZone(<Checks answer={prepared()} again={undefined} onAgain={() => undefined} />);
  const open = (group: string) => document.querySelector<HTMLDetailsElement>(`[data-group="${group}"]`)?.open;
  expect([open('engines'), open('restart')]).toEqual([false, true]);
});

test('the verdict says how it stands', () => {
  inZone(<PrepareVerdict answer={prepared()} busy={false} onAgain={() => undefined} />);
  expect(document.getElementById('verdict')?.textContent).toBe('Ready: 2 checks passed, 1 warning.');
  cleanup();
  inZone(<PrepareVerdict answer={prepared([check('space', 'target', 'unknown')])} busy={false} onAgain={() => undefined} />);
  expect(document.getElementById('verdict')?.textContent).toBe('Not ready: 1 check could not be measured.');
});

test('the plan: 14 numbered steps, why, undo, commands, and the document to take along', () => {
  inZone(<Plan clusterId="billing" plan={samplePlan()} />);
  const items = within(screen.getByRole('region', { name: /^Plan: 14 steps/ })).getAllByRole('listitem');
  expect(items).toHaveLength(15);
  expect(items[9]?.textContent).toContain('Point of no return');
  expect(items[0]?.textContent).toContain('Undo: The locks are removed.');
  expect(items[10]?.textContent).toContain('No undo');
  expect(items[10]?.textContent).toContain('docker start js7-billing-secondary');
  expect(screen.getByRole('link', { name: 'Plan as Markdown' }).getAttribute('href')).toBe('/api/clusters/billing/plan.md?from=primary');
});

function form(answer: Response) {
  const fetched = vi.fn(async (_path: string, _init: RequestInit) => answer);
  vi.stubGlobal('fetch', fetched);
  const [onStarted, onRefused] = [vi.fn(), vi.fn()];
  const given = prepared();
  inZone(
    <StartForm
      clusterId="billing"
      answer={given}
      plan={samplePlan()}
      may
      measuring={false}
      openRun={false}
      onStarted={onStarted}
      onRefused={onRefused}
    />,
  );
  const fill = () => {
    fireEvent.change(screen.getByLabelText(/^Reason/), { target: { value: ' Kernel update ' } });
    fireEvent.change(screen.getByLabelText('Ticket Link'), { target: { value: 'CHG-1' } });
    fireEvent.click(screen.getByRole('checkbox'));
    fireEvent.change(screen.getByLabelText('Type the container that is active now'), { target: { value: 'js7-billing-primary' } });
  };
  const button = screen.getByRole('button', { name: 'Switch over to the Secondary' });
  return { fetched, onStarted, onRefused, fill, button };
}

test('letters that are not taken are told at the field', () => {
  form(Response.json({}));
  const field = screen.getByLabelText(/^Reason/);
  fireEvent.change(field, { target: { value: 'a <b>' } });
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText('Without < and >')).toBeTruthy();
  fireEvent.change(field, { target: { value: 'a' } });
  expect(field.getAttribute('aria-invalid')).not.toBe('true');
});

test('the button does nothing and says why, until everything holds; then it starts what was read', async () => {
  const { fetched, onStarted, fill, button } = form(Response.json({ runId: '42' }, { status: 201 }));
  expect(button.getAttribute('aria-disabled')).toBe('true');
  expect(document.getElementById('start-need')?.textContent).toBe('Give a reason.');
  fireEvent.click(button);
  fireEvent.submit(button.closest('form') as HTMLFormElement);
  expect(fetched).not.toHaveBeenCalled();
  fill();
  expect(button.getAttribute('aria-disabled')).toBeNull();
  fireEvent.submit(button.closest('form') as HTMLFormElement);
  await waitFor(() => expect(onStarted).toHaveBeenCalledWith('42'));
  const [path, init] = fetched.mock.calls[0] ?? [];
  expect(path).toBe('/api/clusters/billing/runs');
  expect(JSON.parse(String(init?.body))).toEqual({
    from: 'primary',
    planHash: '9f41c7e2aa',
    expectActive: 'js7-billing-primary',
    reason: 'Kernel update',
    ticket: 'CHG-1',
    accepted: ['other-starters'],
  });
});

test('a refusal stays in the form and asks for new measurements', async () => {
  const problem = { code: 'CONFLICT', message: 'The plan would be another one now.', remedy: 'Read it again.' };
  const { fill, button, onStarted, onRefused } = form(Response.json({ problem }, { status: 409 }));
  fill();
  fireEvent.submit(button.closest('form') as HTMLFormElement);
  expect((await screen.findByText('The plan would be another one now.')).closest('[role="alert"]')).toBeTruthy();
  expect(onRefused).toHaveBeenCalledOnce();
  expect(onStarted).not.toHaveBeenCalled();
  expect(screen.getByLabelText<HTMLInputElement>('Ticket Link').value).toBe('CHG-1');
});
