import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { onItsWay, standsStill } from './still';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { readyState: 'complete' });
  vi.stubGlobal('window', { requestIdleCallback: (done: () => void) => setTimeout(done, 0) });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const told = () => {
  const heard = vi.fn();
  void standsStill().then(heard);
  return heard;
};

test('a page without parts on their way stands at once; else when the last of them does', async () => {
  const none = told();
  await vi.advanceTimersByTimeAsync(10);
  expect(none).toHaveBeenCalledOnce();

  const [first, second] = [onItsWay(), onItsWay()];
  const both = told();
  first();
  await vi.advanceTimersByTimeAsync(10);
  const third = onItsWay();
  second();
  await vi.advanceTimersByTimeAsync(10);
  expect(both).not.toHaveBeenCalled();
  third();
  await vi.advanceTimersByTimeAsync(10);
  expect(both).toHaveBeenCalledOnce();
});

test('a part that never stands holds nobody up for ever', async () => {
  onItsWay();
  const heard = told();
  await vi.advanceTimersByTimeAsync(4_900);
  expect(heard).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(200);
  expect(heard).toHaveBeenCalledOnce();
});

test('before the page has loaded it does not stand', async () => {
  const listeners: (() => void)[] = [];
  vi.stubGlobal('document', { readyState: 'interactive' });
  vi.stubGlobal('window', {
    addEventListener: (_: string, listener: () => void) => listeners.push(listener),
    requestIdleCallback: (done: () => void) => setTimeout(done, 0),
  });
  const heard = told();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(heard).not.toHaveBeenCalled();
  for (const listener of listeners) listener();
  await vi.advanceTimersByTimeAsync(10);
  expect(heard).toHaveBeenCalledOnce();
});
