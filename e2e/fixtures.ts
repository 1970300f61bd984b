/** What every browser test gets: a Handover with a rehearsal world of its own, an admin who is logged in, and a page that may report no error. */
import { test as base, type ConsoleMessage, expect, type Page } from '@playwright/test';
import { type Server, startServer } from './world/server.mjs';

interface Worker {
  /** One for all tests of a worker. A test that changes the world for good makes its own with `startServer`. */
  readonly server: Server;
  readonly cookie: { readonly name: string; readonly value: string };
}
interface Each {
  /** Errors on the console that the test expects; every other one fails it. */
  readonly expectedErrors: RegExp[];
  /** A page, logged in as the admin. */
  readonly admin: Page;
}

export const test = base.extend<Each, Worker>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern here
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      const left = await server.remove();
      expect(left, 'processes that Handover left behind when it ended').toBe(0);
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  cookie: [async ({ server }, use) => use(await server.createAdmin()), { scope: 'worker' }],
  baseURL: async ({ server }, use) => use(server.url),
  expectedErrors: async ({ browserName: _ }, use) => use([]),
  page: async ({ page, expectedErrors }, use) => {
    const errors: string[] = [];
    page.on('console', (m: ConsoleMessage) => m.type() === 'error' && errors.push(m.text()));
    page.on('pageerror', (e) => errors.push(String(e)));
    await use(page);
    expect(
      errors.filter((e) => !expectedErrors.some((x) => x.test(e))),
      'errors on the browser console',
    ).toEqual([]);
  },
  admin: async ({ page, cookie, server, context }, use) => {
    await context.addCookies([{ ...cookie, url: server.url }]);
    await use(page);
  },
});
export { expect };
