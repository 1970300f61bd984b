import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JocAnswer } from '@/lib/contract/joc';
import { ViewerProvider } from '../../text/viewer';
import { AT, sampleFacts, sampleJoc } from '../testing/samples';
import { JocForm } from './joc-form';
import { jocDraft, jocInput } from './joc-model';
import { JocsCard } from './jocs-card';

const world = vi.hoisted(() => ({ role: 'admin', jocs: [] as unknown }));
vi.mock('@/lib/client/use-session', () => ({ useSession: () => ({ may: () => world.role === 'admin' }) }));
vi.mock('@/lib/client/use-jocs', () => ({ useJocs: () => ({ data: world.jocs, isStale: false }) }));
beforeEach(() => {
  world.role = 'admin';
  world.jocs = [sampleJoc()];
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});
const show = (node: ReactNode) =>
  render(
    <ViewerProvider zone="UTC" renderedAt={AT}>
      {node}
    </ViewerProvider>,
  );
/** Answers every call with this; gives back what was asked. */
function answering(answer: () => Response): [string, string, Record<string, unknown>][] {
  const asked: [string, string, Record<string, unknown>][] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push([String(init.method), path, JSON.parse(String(init.body ?? '{}'))]);
    return answer();
  });
  return asked;
}
const type = (label: string | RegExp, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

test('each JOC Cockpit with its account, what it may, its licence and who uses it', () => {
  show(<JocsCard />);
  const row = screen.getAllByRole('row')[1] as HTMLElement;
  for (const words of [
    'http://joc:4446',
    'may manage Controllers',
    'operational',
    '2.9.0, Security Level low',
    'Open Source License',
    'billing',
  ])
    expect(row.textContent).toContain(words);
});

test.each<[string, Partial<JocAnswer>, string]>([
  ['one that is not active', { facts: { ...sampleFacts, active: false } }, 'standby'],
  [
    'one that is silent, with cause and remedy',
    { state: 'down', since: AT, problem: { code: 'JOC_LOGIN_REFUSED', message: 'The password is wrong.', remedy: 'Give it anew.' } },
    'The password is wrong. Give it anew.',
  ],
  ['an account that may not', { facts: { ...sampleFacts, mayManage: 'no' } }, 'may not manage Controllers'],
  ['a second person', { facts: { ...sampleFacts, mayManage: 'approval' } }, 'with the approval of a second person'],
  [
    'a licence with its end',
    { facts: { ...sampleFacts, licence: { type: 'COMMERCIAL_VALID', validUntil: Date.UTC(2027, 2, 31) } } },
    'Commercial License, valid until',
  ],
])('%s', (_, part, words) => {
  world.jocs = [sampleJoc(part)];
  show(<JocsCard />);
  expect((screen.getAllByRole('row')[1] as HTMLElement).textContent).toContain(words);
});

test('none, not yet known, and who may not change them', () => {
  world.jocs = [];
  show(<JocsCard />);
  expect(screen.getByText(/^No JOC Cockpit yet\./)).toBeTruthy();
  cleanup();
  world.jocs = undefined;
  show(<JocsCard />);
  expect(screen.getByText('Loading …')).toBeTruthy();
  cleanup();
  world.role = 'viewer';
  world.jocs = [sampleJoc()];
  show(<JocsCard />);
  const add = screen.getByRole('button', { name: 'Add a JOC Cockpit' });
  expect(add.getAttribute('aria-disabled')).toBe('true');
  expect(screen.getByText('Only an admin can do this.').id).toBe(add.getAttribute('aria-describedby'));
  expect(screen.queryByRole('button', { name: 'Edit joc' })).toBeNull();
});

test('one that is used cannot be removed, and says by whom', async () => {
  const asked = answering(() => new Response(null, { status: 204 }));
  show(<JocsCard />);
  fireEvent.click(screen.getByRole('button', { name: 'Remove joc' }));
  const dialog = await screen.findByRole('dialog', { name: 'Remove joc' });
  expect(dialog.textContent).toContain('It is used by billing.');
  fireEvent.click(within(dialog).getByRole('button', { name: 'Remove joc' }));
  expect(asked).toEqual([]);
});

test('what was left empty is not sent: stored secrets stay', () => {
  expect(jocInput(jocDraft(sampleJoc()))).toEqual({ name: 'joc', url: 'http://joc:4446', user: 'handover' });
  expect(jocInput({ ...jocDraft(), name: ' j ', url: ' https://j ', user: 'u', password: ' p ', ca: 'PEM' })).toEqual({
    name: 'j',
    url: 'https://j',
    user: 'u',
    password: ' p ',
    ca: 'PEM',
  });
});

test('a test tells what it found, or why it does not work; what is changed after it makes it void', async () => {
  let answer: unknown = { ok: true, facts: sampleFacts, hints: [] };
  const asked = answering(() => Response.json(answer));
  show(<JocForm onDone={() => {}} />);
  type(/^JOC Cockpit URL/, 'http://joc:4446');
  type(/^Account/, 'handover');
  type('Password', 'secret of joc');
  fireEvent.click(screen.getByRole('button', { name: 'Test' }));
  await screen.findByText(/^JOC Cockpit 2\.9\.0, the active instance\. Account handover may manage Controllers\./);
  expect(asked[0]).toEqual([
    'POST',
    '/api/jocs/test',
    { name: 'joc', url: 'http://joc:4446', user: 'handover', password: 'secret of joc' },
  ]);
  type(/^JOC Cockpit URL/, 'http://localhost:4446');
  expect(screen.queryByText('JOC Cockpit answers')).toBeNull();
  answer = {
    ok: false,
    problem: { code: 'JOC_UNREACHABLE', message: 'Nothing listens on localhost:4446.', remedy: 'Use the name of its container.' },
    hints: [{ key: 'ui.value', params: { value: 'Inside a container localhost is the container itself.' } }],
  };
  fireEvent.click(screen.getByRole('button', { name: 'Test' }));
  await screen.findByText('Nothing listens on localhost:4446.');
  expect(screen.getByText('Inside a container localhost is the container itself.')).toBeTruthy();
});

test('one that is edited keeps its password; a wrong field is told at the field', async () => {
  const done = vi.fn();
  let answer = () =>
    Response.json(
      { problem: { code: 'BAD_REQUEST', message: 'x' }, fields: { url: 'An address such as http://host:4446' } },
      { status: 400 },
    );
  const asked = answering(() => answer());
  show(<JocForm joc={sampleJoc()} onDone={done} />);
  expect(screen.getByText('Left empty, the stored one is kept. Never shown.')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('An address such as http://host:4446');
  expect(screen.getByLabelText(/^JOC Cockpit URL/).getAttribute('aria-invalid')).toBe('true');
  answer = () => Response.json(sampleJoc());
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(done).toHaveBeenCalledOnce());
  expect(asked.at(-1)).toEqual(['PATCH', '/api/jocs/joc-1', { name: 'joc', url: 'http://joc:4446', user: 'handover' }]);
});
