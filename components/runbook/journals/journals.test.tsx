import { cleanup, render, screen, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { JournalSide, JournalsAnswer } from '@/lib/contract/runs';
import { AT, sampleView } from '../../cluster/testing/sample';
import { loadTexts } from '../../text/catalogue';
import { ViewerProvider } from '../../text/viewer';
import { fileRows, keeper, relationOf, shares } from './journals-model';
import { JournalsVerdict } from './journals-verdict';
import { SideBySide } from './side-by-side';
import { Twice } from './twice';
import { WayBack } from './way-back';
import { wayBack } from './way-back-model';

vi.mock('next/navigation', () => ({ useRouter: () => ({ push: vi.fn(), prefetch: vi.fn() }) }));
beforeAll(loadTexts);
afterEach(cleanup);

const side = (slot: 'primary' | 'secondary', beyond: number | undefined, files: JournalSide['files']): JournalSide => ({
  slot,
  name: `js7-billing-${slot}`,
  place: 'state',
  path: '/data/state',
  journalId: 'J',
  ending: 'open',
  lastEventId: 100 + (beyond ?? 0),
  totalBytes: 100,
  files,
  ...(beyond !== undefined && { beyond: { count: beyond, events: [] } }),
});
const file = (name: string, inBoth: JournalSide['files'][number]['inBoth']) => ({ name, bytes: 10, inBoth });
const PARTED: JournalsAnswer = {
  primary: side('primary', 37, [file('controller--100.journal', 'differs')]),
  secondary: side('secondary', 48_251, [
    file('controller--100.journal', 'differs'),
    file('controller--200.journal', 'only-here'),
    file('controller--99.journal', 'only-here'),
  ]),
  sameLineage: true,
  lastCommon: { eventId: 100, at: AT },
  newer: 'secondary',
  startedByBoth: ['#2026-11-23#P0071', '#2026-11-23#P0072'],
  comparedAt: AT,
};
const { newer: _, ...untold } = PARTED;

test('what two journals are for each other; what cannot be told is never "equal"', () => {
  expect(relationOf(PARTED)).toBe('parted');
  const equal = [file('controller--1.journal', 'equal')];
  expect(relationOf({ ...PARTED, primary: side('primary', 0, equal), secondary: side('secondary', 0, equal) })).toBe('equal');
  expect(relationOf({ ...PARTED, primary: side('primary', 0, equal), secondary: side('secondary', 9, equal) })).toBe('ahead');
  expect(relationOf({ ...PARTED, sameLineage: false })).toBe('other');
  expect(relationOf({ ...PARTED, sameLineage: 'unknown' })).toBe('unknown');
  expect(
    relationOf({
      ...PARTED,
      primary: { ...side('primary', undefined, []), problem: { key: 'journals.problem.unreadable' } },
      sameLineage: 'unknown',
    }),
  ).toBe('unknown');
  expect(relationOf({ ...PARTED, secondary: side('secondary', undefined, []), sameLineage: 'unknown' })).toBe('one');
  const unread = { ...PARTED, primary: side('primary', undefined, equal), secondary: side('secondary', undefined, equal) };
  const { lastCommon: __, ...noCommon } = unread;
  expect(relationOf(noCommon)).toBe('untold');
});

test('only what is newer is kept', () => {
  expect(keeper(PARTED)).toBe('secondary');
  expect(keeper({ ...PARTED, newer: 'equal' })).toBeUndefined();
  expect(keeper(untold)).toBeUndefined();
});

test('files of both in the order of their numbers, each once', () => {
  expect(fileRows(PARTED).map((r) => [r.name, r.primary, r.secondary])).toEqual([
    ['controller--99.journal', undefined, 10],
    ['controller--100.journal', 10, 10],
    ['controller--200.journal', undefined, 10],
  ]);
});

test('a small branch of the drawing never vanishes', () => {
  const { primary, secondary } = shares(PARTED);
  expect([primary, secondary]).toEqual([0.04, 1]);
});

test('the way back: both stopped first, nothing started before the Agents are down, ResetAgent before they come up', () => {
  const parts = wayBack(PARTED, sampleView(), 'secondary');
  expect(parts.map((p) => p.step)).toEqual(['stop', 'keep', 'agents', 'start', 'reset', 'agentsUp']);
  const text = (step: string) => parts.find((p) => p.step === step)?.commands.join('\n') ?? '';
  const [primary, secondary] = [sampleView().primary.ref.name, sampleView().secondary?.ref.name ?? ''];
  for (const name of [primary, secondary]) expect(text('stop')).toContain(`docker stop --time 120 ${name}`);
  expect(text('keep')).toContain(`--volumes-from ${primary}`);
  expect(text('keep')).not.toContain(secondary);
  expect(text('keep')).not.toMatch(/[;& ]rm -|\bdelete\b/);
  expect(text('start')).toContain(`docker start ${secondary}`);
  expect(text('reset')).toContain('"TYPE":"ResetAgent"');
  expect(text('reset')).toContain('"force":true');
});

const inZone = (children: ReactNode) =>
  render(
    <ViewerProvider zone="UTC" renderedAt={AT}>
      {children}
    </ViewerProvider>,
  );

test('after a split brain: which one to keep, which orders may have run twice, and the way back', () => {
  inZone(
    <>
      <JournalsVerdict answer={PARTED} again={null} />
      <SideBySide answer={PARTED} parted />
      <Twice answer={PARTED} />
      <WayBack answer={PARTED} view={sampleView()} keep="secondary" />
    </>,
  );
  expect(document.getElementById('verdict')?.textContent).toContain('Keep the Secondary’s journal');
  expect(screen.getByRole('columnheader', { name: /Secondary keep/ })).toBeTruthy();
  expect(within(screen.getByRole('region', { name: 'May have run twice' })).getAllByRole('listitem')).toHaveLength(2);
  expect(screen.getByRole('region', { name: 'The way back, by hand' }).textContent).toContain('Start the Secondary while they are down');
});

test('where nothing says which is newer, none is recommended', () => {
  inZone(<JournalsVerdict answer={untold} again={null} />);
  expect(document.getElementById('verdict')?.textContent).toBe('One lineage, two endings; which one is newer could not be told.');
  expect(screen.queryByRole('link', { name: 'See the way back' })).toBeNull();
});
