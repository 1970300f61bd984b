import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RegisterDraft } from '@/lib/contract/joc';
import type { JocView } from '@/lib/domain/joc/view';
import { sampleView } from '../cluster/testing/sample';
import { ViewerProvider } from '../text/viewer';
import { RegisterBody } from './register-body';
import { AT, licensedDraft, registeredDraft, sampleDraft, sampleFacts, sampleJoc, sampleJocView, tested } from './testing/samples';

const session = vi.hoisted(() => ({ role: 'admin' }));
vi.mock('@/lib/client/use-session', () => ({
  useSession: () => ({ may: (role: string) => session.role === 'admin' || (session.role === 'operator' && role === 'operator') }),
}));
vi.mock('next/navigation', () => ({ useRouter: () => ({ push: vi.fn(), prefetch: vi.fn() }) }));
beforeEach(() => {
  session.role = 'admin';
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
}
type Answer = (asked: Asked) => Response;
const works: Answer = ({ body }) => Response.json(tested(String(body.url), 'pass'));
const refusal = (code: string, message: string, status = 409) => Response.json({ problem: { code, message } }, { status });

/** Shows the page; tests of URLs are answered by `onTest`, all else by `onCall`. */
function open(o: { draft?: RegisterDraft; view?: JocView | undefined; onTest?: Answer; onCall?: Answer } = {}) {
  const {
    draft = sampleDraft(),
    onTest = works,
    onCall = () => Response.json({ outcome: 'proved', message: { key: 'ui.value', params: { value: 'JOC follows.' } } }),
  } = o;
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const one = { method: String(init.method), path, body: JSON.parse(String(init.body ?? '{}')) as Record<string, unknown> };
    asked.push(one);
    return path.endsWith('/joc/test') ? onTest(one) : onCall(one);
  });
  const again = vi.fn(async () => {});
  const page = (d: RegisterDraft, v: JocView | undefined) => (
    <ViewerProvider zone="UTC" renderedAt={AT}>
      <RegisterBody cluster={sampleView()} draft={d} view={v} onChoose={() => {}} again={again} />
    </ViewerProvider>
  );
  const view = 'view' in o ? o.view : draft.view;
  const { rerender } = render(page(draft, view));
  return { asked, again, show: (d: RegisterDraft, v: JocView | undefined) => rerender(page(d, v)) };
}
const title = () => screen.getByRole('heading', { level: 2, name: (_, element) => element.id === 'verdict' }).textContent;
const settled = (name: string | RegExp) => waitFor(() => expect(title()).toMatch(name));
const submit = () => fireEvent.click(screen.getByRole('button', { name: 'Submit' }));
const allow = () => fireEvent.click(screen.getByRole('checkbox', { name: /may be cut off/ }));
const change = (label: RegExp | string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

test('what the form begins with is tested at once, and only that', async () => {
  const { asked } = open();
  await settled('Ready to register: JOC Cockpit will use the name billing.');
  expect(asked.map(({ path, body }) => [path, body.slot, body.url])).toEqual([
    ['/api/clusters/billing/joc/test', 'live', 'http://billing:4444'],
  ]);
});

test('each URL of a cluster is asked from the other Controller too, also one that was tested for another type before', async () => {
  const onTest: Answer = ({ body }) => {
    const answer = tested(String(body.url), 'pass');
    const peer = { from: body.slot === 'primary' ? 'secondary' : 'primary', result: 'pass', measured: { key: 'ui.value' } } as const;
    return Response.json(body.peer === true ? { ...answer, results: [...answer.results, peer] } : answer);
  };
  const draft = licensedDraft({ autonomous: { possible: true, note: { key: 'ui.value' } } });
  const { asked } = open({ draft: { ...draft, ways: draft.ways.filter(({ kind }) => kind === 'update') }, onTest });
  await settled(/^Ready to register/);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter(({ body }) => 'peer' in body)).toEqual([]);
  const before = asked.length;
  fireEvent.click(screen.getByRole('radio', { name: /^Cluster/ }));
  fireEvent.click(screen.getByRole('checkbox', { name: 'Both Controllers have a cluster licence' }));
  submit();
  await waitFor(() => expect(asked.at(-1)?.body.type).toBe('cluster'));
  expect(asked.slice(before, -1).map(({ body }) => [body.slot, body.peer])).toEqual([
    ['primary', true],
    ['secondary', true],
  ]);
});

test('no JOC Cockpit: the form that connects one stands on the page', async () => {
  open({ draft: sampleDraft({ jocs: [] }), view: undefined });
  expect(title()).toBe('No JOC Cockpit is connected.');
  await screen.findByLabelText(/^JOC Cockpit URL, as Handover reaches it/);
  expect(screen.queryByRole('button', { name: 'Submit' })).toBeNull();
});

test('the stable name is registered only after a person allowed to cut the live one off', async () => {
  const { asked, again } = open();
  await settled(/^Ready/);
  submit();
  expect(screen.getByText(/^The name can be given only if/)).toBeTruthy();
  expect(asked.filter(({ path }) => !path.endsWith('/test'))).toEqual([]);
  allow();
  submit();
  await screen.findByText('JOC follows.');
  expect(asked.at(-1)).toMatchObject({
    method: 'POST',
    path: '/api/clusters/billing/joc',
    body: { type: 'autonomous', follow: { kind: 'name', alias: 'billing', network: 'js7' }, mayInterrupt: true },
  });
  expect(again).toHaveBeenCalled();
  expect(document.activeElement?.querySelector('#verdict')).toBeTruthy();
});

test('the alias and its URL go together', async () => {
  open();
  change(/^Name \(network alias\)/, 'warehouse');
  expect((screen.getByLabelText(/^JOC Cockpit connection to Controller/) as HTMLInputElement).value).toBe('http://warehouse:4444');
  change(/^JOC Cockpit connection to Controller/, 'http://billing:4444');
  expect(screen.getByText('This URL does not name the alias warehouse')).toBeTruthy();
});

describe('a URL that JOC cannot reach', () => {
  const better = {
    url: 'http://js7-billing-secondary:4444',
    why: { key: 'ui.value', params: { value: 'Inside js7 it is' } },
    tested: 'pass',
  } as const;
  const onTest: Answer = ({ body }) =>
    Response.json(
      tested(
        String(body.url),
        String(body.url).includes('localhost') ? 'block' : 'pass',
        String(body.url).includes('localhost') ? { better } : {},
      ),
    );
  const draft = licensedDraft({
    urls: {
      primary: [{ url: 'http://p:4444', why: { key: 'ui.value' } }],
      secondary: [{ url: 'http://localhost:25446', why: { key: 'ui.value' } }],
    },
  });

  test('is said first, explained at its field, and the right one is one click away', async () => {
    const { asked } = open({ draft, onTest });
    await settled('Not ready to register: JOC Cockpit cannot reach the Secondary under its URL.');
    const field = screen.getByLabelText(/^JOC Cockpit connection to Secondary Controller/);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText(/There, localhost is that container itself/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Submit' }).getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(screen.getByRole('button', { name: 'Go to the field' }));
    expect(document.activeElement).toBe(field);
    fireEvent.click(screen.getByRole('button', { name: `Use ${better.url}` }));
    await waitFor(() => expect((field as HTMLInputElement).value).toBe(better.url));
    await settled(/^Ready to register/);
    submit();
    expect(screen.getByText(/^Say that both Controllers have a licence/)).toBeTruthy();
    fireEvent.click(screen.getByRole('checkbox', { name: 'Both Controllers have a cluster licence' }));
    submit();
    await screen.findByText('JOC follows.');
    expect(asked.at(-1)?.body).toMatchObject({ type: 'cluster', primary: { url: 'http://p:4444' }, secondary: { url: better.url } });
  });
});

test('what was typed anew is tested before it is sent, and not sent if it fails', async () => {
  const onTest: Answer = ({ body }) => Response.json(tested(String(body.url), String(body.url).includes('wrong') ? 'block' : 'pass'));
  const { asked } = open({ onTest });
  await settled(/^Ready/);
  fireEvent.click(screen.getByRole('radio', { name: /^Name kept outside/ }));
  change(/^JOC Cockpit connection to Controller/, 'http://wrong:4444');
  submit();
  await settled('Not ready to register: JOC Cockpit cannot reach the Controller under its URL.');
  expect(asked.map(({ path }) => path).every((path) => path.endsWith('/test'))).toBe(true);
});

test('without a licence the cluster cannot be chosen, and says why', async () => {
  open();
  const choice = screen.getByRole('radio', { name: /^Cluster/ });
  expect(choice.closest('label')?.textContent).toContain('JOC Cockpit has no licence for a Controller cluster.');
  fireEvent.click(choice);
  expect((choice as HTMLInputElement).checked).toBe(false);
  await settled(/^Ready/);
});

test.each([
  ['JOC_APPROVAL', 'Not registered: JOC Cockpit wants a second person to approve it'],
  ['JOC_LICENCE', 'Not registered: JOC Cockpit takes two Controllers only with a licence'],
  ['JOC_STANDBY', 'Not registered: this JOC Cockpit is not the active one'],
  ['JOC_REASON_MISSING', 'Not registered: JOC Cockpit wants a reason'],
  ['JOC_TAKEN', 'Not registered: JOC Cockpit has this Controller ID or URL already'],
  ['JOC_PROBLEM', 'Not registered'],
  ['JOC_TIMEOUT', 'Not known whether it was registered: the answer was lost'],
])('a refusal is told as what it is: %s', async (code, words) => {
  const { again } = open({ onCall: () => refusal(code, 'in its words') });
  await settled(/^Ready/);
  allow();
  submit();
  const alert = await screen.findByText(words);
  expect(alert.closest('[role="alert"]')?.textContent).toContain('in its words');
  // What is registered may have changed: it is looked at, and nothing is sent a second time.
  expect(again).toHaveBeenCalledOnce();
});

test('a field that the server found wrong is named by its label', async () => {
  const onCall = () =>
    Response.json(
      { problem: { code: 'BAD_REQUEST', message: 'js7-b is a container.' }, fields: { 'follow.alias': 'Another name' } },
      { status: 400 },
    );
  open({ onCall });
  await settled(/^Ready/);
  allow();
  submit();
  expect(await screen.findByText('Name (network alias): Another name')).toBeTruthy();
});

test('taken but not proved: the page waits until JOC is seen to follow', async () => {
  const { show } = open({
    onCall: () => Response.json({ outcome: 'not-yet', message: { key: 'ui.value', params: { value: 'Its proxy is not there yet.' } } }),
  });
  await settled(/^Ready/);
  allow();
  submit();
  await settled('JOC Cockpit took it; the proof is still missing.');
  const behind = sampleJocView({ says: sampleJocView().says.map((each) => ({ ...each, proxy: 'unknown' as const })) });
  show(registeredDraft(), behind);
  expect(title()).toBe('JOC Cockpit took it; the proof is still missing.');
  show(registeredDraft(), sampleJocView());
  expect(title()).toBe('Registered with JOC Cockpit joc, and it follows the Primary.');
  expect(screen.getByText('Proved: JOC Cockpit follows the live Controller.')).toBeTruthy();
});

describe('registered', () => {
  test('what is registered and how it differs, what differs first', async () => {
    const view = sampleJocView({
      drift: [
        ...sampleJocView().drift,
        {
          id: 'security-level',
          title: { key: 'ui.value', params: { value: 'Security Level' } },
          joc: { key: 'ui.value', params: { value: 'low' } },
          real: { key: 'ui.value', params: { value: 'high' } },
          verdict: 'differs',
          remedy: { key: 'ui.value', params: { value: 'Take it over.' } },
        },
      ],
    });
    const { asked } = open({ draft: registeredDraft(), view });
    expect(title()).toBe('Registered, but one thing is not as JOC Cockpit has it.');
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    expect(rows[1]?.textContent).toContain('Security Level');
    expect(rows[1]?.textContent).toContain('Take it over.');
    fireEvent.click(screen.getByRole('button', { name: 'Change the registration' }));
    expect((screen.getByLabelText(/^Caption/) as HTMLInputElement).value).toBe('BILLING CONTROLLER');
    await waitFor(() => expect(asked.some(({ path }) => path.endsWith('/test'))).toBe(true));
  });

  test('one click lets JOC follow; where it would cut the live one off, a person is asked first', async () => {
    let answer = () => refusal('CONFLICT', 'The container runs: giving it the name cuts its connections.');
    const view = sampleJocView({
      toFollow: { slot: 'secondary', note: { key: 'ui.value', params: { value: 'joc still points to the Primary.' } } },
    });
    session.role = 'operator';
    const { asked } = open({ draft: registeredDraft(), view, onCall: () => answer() });
    expect(title()).toBe('JOC Cockpit does not follow the Secondary.');
    const button = screen.getByRole('button', { name: 'Let JOC Cockpit follow' });
    fireEvent.click(button);
    await screen.findByText('The container runs: giving it the name cuts its connections.');
    expect(button.getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(screen.getByRole('checkbox'));
    answer = () => Response.json({ outcome: 'proved', message: { key: 'ui.value', params: { value: 'Its last event is newer.' } } });
    fireEvent.click(button);
    await screen.findByText('Its last event is newer.');
    expect(asked.filter(({ path }) => path.endsWith('/follow')).map(({ body }) => body)).toEqual([{}, { mayInterrupt: true }]);
  });

  test('unregistering says what it deletes and wants the Controller ID typed', async () => {
    const { asked, again } = open({ draft: registeredDraft({ forceReasons: true }), onCall: () => new Response(null, { status: 204 }) });
    fireEvent.click(screen.getByRole('button', { name: 'Unregister billing' }));
    const dialog = await screen.findByRole('dialog', { name: 'Unregister billing from JOC Cockpit joc?' });
    expect(dialog.textContent).toContain('docker network disconnect js7 CONTAINER');
    expect(dialog.textContent).toContain('the entries of all its Agents');
    const go = within(dialog).getByRole('button', { name: 'Unregister billing' });
    fireEvent.click(go);
    fireEvent.change(within(dialog).getByLabelText('Type the Controller ID'), { target: { value: 'billing' } });
    fireEvent.click(go);
    expect(asked.filter(({ method }) => method === 'DELETE')).toEqual([]);
    fireEvent.change(within(dialog).getByLabelText(/^Reason/), { target: { value: 'moves to another JOC' } });
    fireEvent.click(go);
    await waitFor(() => expect(again).toHaveBeenCalled());
    expect(asked.at(-1)).toEqual({
      method: 'DELETE',
      path: '/api/clusters/billing/joc',
      body: { confirm: 'billing', audit: { comment: 'moves to another JOC' } },
    });
  });

  test('unregistering a cluster says that it loses its ClusterWatch; of one Controller nothing is said of it', async () => {
    const urls = { primary: 'http://p:4444', secondary: 'http://s:4444' };
    for (const [draft, told] of [
      [registeredDraft({ registered: { jocId: 'joc-1', follow: { kind: 'cluster', urls } } }), true],
      [registeredDraft(), false],
    ] as const) {
      open({ draft });
      fireEvent.click(screen.getByRole('button', { name: 'Unregister billing' }));
      const dialog = await screen.findByRole('dialog');
      expect(dialog.textContent?.includes('without a ClusterWatch there is no fail-over')).toBe(told);
      cleanup();
    }
  });

  test('known to JOC but not to Handover: submitting once adopts it', async () => {
    open({
      draft: (({ view: _, ...d }) => d)(sampleDraft({ jocs: [sampleJoc({ facts: { ...sampleFacts, controllerIds: ['billing'] } })] })),
    });
    await settled('Registered in JOC Cockpit, but not by Handover.');
    expect(screen.getByRole('button', { name: 'Submit' })).toBeTruthy();
  });

  test('unregistered by somebody else', async () => {
    open({ draft: registeredDraft(), view: sampleJocView({ registered: 'no', says: [], drift: [] }) });
    await settled('JOC Cockpit does not know this Controller any more.');
  });

  test('JOC is silent: unknown, and nothing can be sent', () => {
    open({
      draft: registeredDraft({ jocs: [sampleJoc({ state: 'down' })] }),
      view: sampleJocView({ freshness: { state: 'lost', at: AT } }),
    });
    expect(title()).toBe('Unknown: JOC Cockpit joc does not answer.');
    for (const name of ['Submit', 'Change the registration', 'Unregister billing'])
      expect(screen.queryByRole('button', { name })).toBeNull();
    // What it said of itself before is not shown as if it were so now.
    expect(screen.queryByText(/the active instance/)).toBeNull();
  });
});

test('a viewer sees it all and is asked nothing', () => {
  session.role = 'viewer';
  const { asked } = open({ draft: registeredDraft(), view: sampleJocView() });
  expect(screen.getByRole('table')).toBeTruthy();
  expect(screen.getByText('Only an admin can register or unregister.')).toBeTruthy();
  for (const name of ['Submit', 'Change the registration', 'Unregister billing']) expect(screen.queryByRole('button', { name })).toBeNull();
  expect(asked).toEqual([]);
});

test('the accounts of JOC at the Controller are shown with the danger of a refused password', async () => {
  const onTest: Answer = ({ body }) =>
    Response.json(
      tested(String(body.url), 'pass', {
        accounts: [{ user: 'JOC', result: 'block', measured: { key: 'ui.value', params: { value: 'refused (401)' } } }],
      }),
    );
  open({ onTest });
  await screen.findByText('refused (401)');
  expect(screen.getByText(/slows JOC Cockpit down for all Controllers/)).toBeTruthy();
});

test('what is asked anew leaves what was typed, another registration begins anew', async () => {
  const { show } = open();
  await settled(/^Ready/);
  change(/^Reason/, 'typed');
  const draft = sampleDraft({ jocs: [sampleJoc({ facts: { ...sampleFacts, latencyMs: 9 } })] });
  await act(async () => show(draft, draft.view));
  expect((screen.getByLabelText(/^Reason/) as HTMLInputElement).value).toBe('typed');
});
