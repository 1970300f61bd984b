import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { JocView } from '@/lib/domain/joc/view';
import { sampleJocView } from '../registration/testing/samples';
import { ViewerProvider } from '../text/viewer';
import { JocBoxes } from './joc-boxes';
import { jocLink } from './joc-model';
import { JocSays } from './joc-says';
import { AT, sampleView } from './testing/sample';

vi.mock('next/navigation', () => ({ useRouter: () => ({ push: vi.fn(), prefetch: vi.fn() }) }));
const world = vi.hoisted(() => ({ jocs: [] as unknown[] }));
vi.mock('@/lib/client/use-jocs', () => ({ useJocs: () => ({ data: world.jocs, isStale: false }) }));
afterEach(() => {
  cleanup();
  world.jocs = [];
});
const show = (node: React.ReactNode) =>
  render(
    <ViewerProvider zone="UTC" renderedAt={AT}>
      {node}
    </ViewerProvider>,
  );
const boxes = (joc?: JocView) => show(<JocBoxes view={{ ...sampleView(), ...(joc && { joc }) }} />);
const said = (value: string) => ({ key: 'ui.value', params: { value } });

test('without a JOC Cockpit a quiet box says so and leads to its page', () => {
  boxes();
  expect(screen.getByRole('region', { name: 'JOC Cockpit' }).textContent).toContain('not connected');
  expect(screen.getByRole('link', { name: 'Set it up' }).getAttribute('href')).toBe('/clusters/billing/register');
  expect(screen.queryByRole('region', { name: 'Database' })).toBeNull();
});

test('connected, but this cluster is not registered', () => {
  world.jocs = [{}];
  boxes();
  expect(screen.getByRole('region', { name: 'JOC Cockpit' }).textContent).toContain('not registered');
  expect(screen.getByRole('link', { name: 'Register it' }).getAttribute('href')).toBe('/clusters/billing/register');
});

test('JOC Cockpit, its database and a line to each Controller', () => {
  const { container } = boxes(sampleJocView());
  const joc = screen.getByRole('region', { name: 'JOC Cockpit' });
  for (const words of ['http://joc:4446', 'Security Level', 'low', 'operational', '2.9.0']) expect(joc.textContent).toContain(words);
  expect(screen.getByRole('region', { name: 'Database' }).textContent).toContain('PostgreSQL 15.4, as JOC Cockpit reports it');
  expect(container.querySelector('.joc-tie-primary')?.textContent).toBe('established');
  expect(container.querySelector('.joc-tie-secondary')?.getAttribute('data-kind')).toBe('not-registered');
  expect(screen.queryByRole('link', { name: 'See what to do' })).toBeNull();
});

test('a silent JOC Cockpit keeps no colour that was', () => {
  boxes(sampleJocView({ freshness: { state: 'lost', at: AT }, component: 'unknown', error: said('It does not answer.') }));
  const joc = screen.getByRole('region', { name: 'JOC Cockpit' });
  expect(joc.className).toContain('border-dashed');
  expect(joc.textContent).toContain('no answer since 12:00:00');
  expect(joc.textContent).toContain('It does not answer.');
});

test.each<[string, Partial<JocView>, string]>([
  ['not registered', { registered: 'no' }, 'Register it'],
  ['not followed', { toFollow: { slot: 'secondary', note: said('x') } }, 'See what to do'],
])('%s leads to its page', (_, part, link) => {
  boxes(sampleJocView(part));
  expect(screen.getByRole('link', { name: link }).getAttribute('href')).toBe('/clusters/billing/register');
});

test.each([
  ['ClusterCoupled', { kind: 'cluster', urls: { primary: 'http://p:1', secondary: 'http://s:1' } }, 'Coupled'],
  ['ClusterUnknown', { kind: 'cluster', urls: { primary: 'http://p:1', secondary: 'http://s:1' } }, 'Unknown'],
  ['ClusterUnknown', { kind: 'front', url: 'http://x:1' }, undefined],
] as const)('%s of a registration as %o: %s', (text, follow, word) => {
  boxes(sampleJocView({ clusterStatus: { severity: 4, text }, follow }));
  const told = screen.getByRole('region', { name: 'JOC Cockpit' }).textContent ?? '';
  expect(told.includes('Cluster Status')).toBe(word !== undefined);
  if (word) expect(told).toContain(`Cluster Status${word}`);
});

test('further JOC Cockpits of the database', () => {
  const [box] = sampleJocView().boxes;
  if (!box) throw new Error('no box');
  const second = { ...box, title: 'SECONDARY JOC COCKPIT', current: false, node: { severity: 1, text: 'inactive' } };
  boxes(sampleJocView({ boxes: [box, second] }));
  expect(screen.getByText(/: standby, operational/).textContent).toContain('SECONDARY JOC COCKPIT');
});

test('a proxy that stays behind is no good line, whatever JOC calls it', () => {
  const view = sampleJocView({ says: sampleJocView().says.map((s) => (s.slot === 'primary' ? { ...s, proxy: 'behind' as const } : s)) });
  expect(jocLink(view, 'primary')).toMatchObject({ kind: 'behind', tone: 'warn' });
  expect(jocLink(sampleJocView(), 'primary')).toMatchObject({ kind: 'established', tone: 'ok' });
  expect(jocLink(sampleJocView({ links: [] }), 'primary')).toBeUndefined();
});

test('what JOC says of an instance has its own age, and differences stand as warnings', () => {
  const [says] = sampleJocView().says;
  if (!says) throw new Error('no word');
  const { container } = show(<JocSays says={{ ...says, proxy: 'behind', differs: [said('JOC takes the other one for active.')] }} />);
  expect(container.textContent).toContain('JOC Cockpit says');
  for (const words of ['Autonomous, “BILLING CONTROLLER”', 'http://billing:4444', 'stays behind'])
    expect(container.textContent).toContain(words);
  expect(screen.getByRole('list', { name: 'Differs from what Handover sees' }).textContent).toContain(
    'JOC takes the other one for active.',
  );
});
