import { act } from '@testing-library/react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { beforeEach, expect, test, vi } from 'vitest';

/** As a server or a browser that has just started: no text is fetched yet. */
beforeEach(() => vi.resetModules());

const markup = (html: string): HTMLElement => Object.assign(document.createElement('div'), { innerHTML: html });

async function states() {
  const { StatesPage } = await import('./states-page');
  const { ViewerProvider } = await import('../text/viewer');
  return (
    <ViewerProvider zone="UTC" renderedAt={0}>
      <StatesPage />
    </ViewerProvider>
  );
}

test('the server’s page has all its texts', async () => {
  const page = markup(renderToString(await states()));
  const cells = [...page.querySelectorAll('td')];
  expect(cells.length).toBeGreaterThan(100);
  expect(cells.filter((cell) => cell.textContent === '')).toEqual([]);
  expect([...page.querySelectorAll('.word')].filter((word) => word.textContent === '')).toEqual([]);
});

test.each(['before', 'after'])('it comes alive as it was sent, %s the other texts are there', async (when) => {
  const page = markup(renderToString(await states()));
  const cells = page.querySelectorAll('td').length;
  vi.resetModules();
  if (when === 'after') await (await import('../text/catalogue')).loadTexts();
  const node = await states();
  const refused = vi.fn();
  const root = await act(async () => hydrateRoot(page, node, { onRecoverableError: refused }));
  expect(refused).not.toHaveBeenCalled();
  expect(page.querySelectorAll('td').length).toBe(cells);
  act(() => root.unmount());
});

test('a text that the server did not send is no difference either, and appears', async () => {
  const line = async () => {
    const { Text } = await import('../text/text');
    return (
      <p>
        <Text of={{ key: 'why.starting' }} />
      </p>
    );
  };
  const page = markup(renderToString(await line()));
  expect(page.textContent).toBe('');
  vi.resetModules();
  await (await import('../text/catalogue')).loadTexts();
  const node = await line();
  const refused = vi.fn();
  const root = await act(async () => hydrateRoot(page, node, { onRecoverableError: refused }));
  expect(refused).not.toHaveBeenCalled();
  expect(page.textContent).toContain('Nobody works yet');
  act(() => root.unmount());
});
