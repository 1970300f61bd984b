import { act, cleanup, render, screen } from '@testing-library/react';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AREAS } from '@/lib/domain/text/en';
import { sameNews } from './announce';
import { addTexts, catalogue } from './catalogue';
import { Code } from './code';
import { t } from './t';
import { Text } from './text';
import { ViewerProvider } from './viewer';
import { zoneOf } from './zone';

addTexts(AREAS.uiCluster);

const NOON = Date.UTC(2026, 10, 24, 12, 0, 0);
const wrap = (node: React.ReactNode, zone = 'Europe/Berlin') => (
  <ViewerProvider zone={zone} renderedAt={NOON}>
    {node}
  </ViewerProvider>
);

beforeEach(() => vi.useFakeTimers({ now: NOON, toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('Text', () => {
  test('sets names in another face and never cuts them', () => {
    const long = 'js7-a-very-long-name-that-wraps.example.net';
    render(
      wrap(
        <Text
          of={{ key: 'ui.instance.where', params: { name: { as: 'name', value: long }, engine: { as: 'name', value: 'docker-a' } } }}
        />,
      ),
    );
    expect(screen.getByText((_, el) => el?.tagName === 'CODE' && el.textContent === long)).toBeTruthy();
    expect(document.body.textContent).toBe(`${long} on docker-a`);
  });

  test('a time is first told in the zone of the cookie, then in the browser’s own, which the cookie keeps', () => {
    const node = wrap(<Text of={{ key: 'ui.since', params: { at: { as: 'time', value: NOON - 61_000 } } }} />);
    expect(renderToString(node).replace(/<[^>]+>/g, '')).toBe('since 12:58:59');
    vi.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions').mockReturnValue({
      timeZone: 'Asia/Tokyo',
    } as Intl.ResolvedDateTimeFormatOptions);
    const { container } = render(node);
    expect(container.textContent).toBe('since 20:58:59');
    expect(document.cookie).toContain('tz=Asia%2FTokyo');
  });

  test('an age goes on ticking', () => {
    const { container } = render(wrap(<Text of={{ key: 'ui.fresh.ago', params: { at: { as: 'ago', value: NOON - 2_000 } } }} />));
    expect(container.textContent).toBe('2\u00a0s ago');
    act(() => void vi.advanceTimersByTime(3_000));
    expect(container.textContent).toBe('5\u00a0s ago');
  });

  test('an unknown key is shown, not dropped', () => {
    const { container } = render(wrap(<Text of={{ key: 'not.there' }} />));
    expect(container.textContent).toBe('not.there');
  });
});

test.each(['cluster', 'person', 'rehearsal', 'ui'] as const)('what every page may be told is in their catalogue: %s', (area) => {
  expect(Object.keys(AREAS[area]).filter((key) => catalogue[key] === undefined)).toEqual([]);
});

test('t puts its parameters in', () => expect(t('ui.tab.label', { name: 'billing' })).toBe('Cluster billing'));

test('a name breaks after its separators first', () => {
  const { container } = render(<Code>http://docker-a:15444</Code>);
  expect(container.querySelectorAll('wbr').length).toBe(2);
  expect(container.textContent).toBe('http://docker-a:15444');
});

test('a cookie with nonsense is no zone', () => {
  expect(zoneOf('Europe%2FBerlin')).toBe('Europe/Berlin');
  expect(['Mars/Olympus', '%', '', undefined].map(zoneOf)).toEqual(['UTC', 'UTC', 'UTC', 'UTC']);
});

test('seconds that pass are no news, another name is', () => {
  const killed = (value: number, slot = 'Primary') => [{ key: 'nobody.killed', params: { slot, ago: { as: 'ago' as const, value } } }];
  expect(sameNews(killed(1))).toBe(sameNews(killed(2)));
  expect(sameNews(killed(1))).not.toBe(sameNews(killed(1, 'Secondary')));
});
