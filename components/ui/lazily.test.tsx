import { act, cleanup, render, screen } from '@testing-library/react';
import { Component, type ReactNode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lazily } from './lazily';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const Part = () => <p>here</p>;

test('a part that cannot be fetched while Handover is away comes when it is back', async () => {
  const load = vi.fn().mockRejectedValueOnce(new Error('away')).mockRejectedValueOnce(new Error('away')).mockResolvedValue(Part);
  const Late = lazily<object>(load, <p>meanwhile</p>);
  await act(async () => void render(<Late />));
  expect(screen.getByText('meanwhile')).toBeDefined();
  await act(() => vi.advanceTimersByTimeAsync(4_000));
  expect(screen.getByText('here')).toBeDefined();
  expect(load).toHaveBeenCalledTimes(3);
});

class Boundary extends Component<{ readonly children: ReactNode }, { readonly problem?: Error }> {
  override state: { readonly problem?: Error } = {};
  static getDerivedStateFromError = (problem: Error) => ({ problem });
  override render = () => this.state.problem?.message ?? this.props.children;
}

test('one that never comes is told after a minute', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const Never = lazily<object>(vi.fn().mockRejectedValue(new Error('gone for good')), <p>meanwhile</p>);
  await act(
    async () =>
      void render(
        <Boundary>
          <Never />
        </Boundary>,
      ),
  );
  await act(() => vi.advanceTimersByTimeAsync(50_000));
  expect(screen.getByText('meanwhile')).toBeDefined();
  await act(() => vi.advanceTimersByTimeAsync(15_000));
  expect(screen.getByText('gone for good')).toBeDefined();
  said.mockRestore();
});
