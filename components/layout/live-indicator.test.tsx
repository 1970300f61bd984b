import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { liveState } from '@/lib/client/live-state';
import { ViewerProvider } from '../text/viewer';
import { LiveIndicator } from './live-indicator';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

// A browser whose clock is right, and one that is a minute ahead of the server's.
test.each([0, -60_000])('silence is not called live, %d ms between the clocks', (lead) => {
  liveState.set('live', Date.now(), true);
  const { container } = render(
    <ViewerProvider zone="UTC" renderedAt={Date.now() + lead}>
      <LiveIndicator />
    </ViewerProvider>,
  );
  act(() => void vi.advanceTimersByTime(6_000));
  expect(container.textContent).toContain('Live, 6 s ago');
  expect(screen.getByRole('status').textContent).toBe('Live');
  act(() => void vi.advanceTimersByTime(3_000));
  expect(container.textContent).toContain('No word for 9 s');
  expect(container.textContent).not.toContain('Live');
  liveState.set('live', Date.now(), true);
  act(() => void vi.advanceTimersByTime(1_000));
  expect(container.textContent).toContain('Live, 1 s ago');
});
