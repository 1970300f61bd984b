/** What every browser test gets: a Handover with a rehearsal world of its own, an admin who is logged in, and pages that may report no error. */
import { type BrowserContext, type BrowserContextOptions, test as base, type ConsoleMessage, expect, type Page } from '@playwright/test';
import { type Account, addAccount, removeAccount } from './world/accounts';
import { restore } from './world/rehearsal';
import { type Cookie, type Server, startServer } from './world/server.mjs';

interface Worker {
  /** One for all tests of a worker. A test that stops it makes its own with `startServer`; a test that changes its world uses `undone`. */
  readonly server: Server;
  readonly cookie: Cookie;
}
interface Each {
  /** Errors on the console that the test expects; every other one fails it. */
  readonly expectedErrors: RegExp[];
  /** A page, logged in as the admin. */
  readonly admin: Page;
  /** A page of another browser: as somebody with an account, as the admin, or (`undefined`) not logged in. */
  readonly visitor: (cookie: Cookie | undefined, options?: BrowserContextOptions) => Promise<Page>;
  /** An account of its own, with its session; gone after the test. */
  readonly account: (role: Account['role']) => Promise<Account>;
  /** The rehearsal world is as it was at first, before the test and after it. */
  readonly undone: undefined;
}

/** Chromium breaks off what it loads when a network interface comes or goes, as test engines beside it make them. */
const ELSEWHERE = [/net::ERR_NETWORK_CHANGED/];

/** Collects what a page reports; judged when the test is over. */
function watchErrors(page: Page, errors: string[]): void {
  page.on('console', (m: ConsoleMessage) => m.type() === 'error' && errors.push(m.text()));
  page.on('pageerror', (e) => errors.push(String(e)));
}
function expectNone(errors: readonly string[], expected: readonly RegExp[]): void {
  expect(
    errors.filter((e) => ![...expected, ...ELSEWHERE].some((x) => x.test(e))),
    'errors on the browser console',
  ).toEqual([]);
}

const handover =
  (env: Record<string, string>) =>
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern here
  async ({}, use: (server: Server) => Promise<void>) => {
    const server = await startServer({ env });
    await use(server);
    expect(await server.remove(), 'processes that Handover left behind when it ended').toBe(0);
  };

export const test = base.extend<Each, Worker>({
  server: [handover({}), { scope: 'worker', timeout: 90_000 }],
  cookie: [async ({ server }, use) => use(await server.createAdmin()), { scope: 'worker' }],
  baseURL: async ({ server }, use) => use(server.url),
  expectedErrors: async ({ browserName: _ }, use) => use([]),
  page: async ({ page, expectedErrors }, use) => {
    const errors: string[] = [];
    watchErrors(page, errors);
    await use(page);
    expectNone(errors, expectedErrors);
  },
  admin: async ({ page, cookie, server, context }, use) => {
    await context.addCookies([{ ...cookie, url: server.url }]);
    await use(page);
  },
  visitor: async ({ browser, server, expectedErrors }, use) => {
    const contexts: BrowserContext[] = [];
    const errors: string[] = [];
    await use(async (cookie, options = {}) => {
      const context = await browser.newContext({ baseURL: server.url, reducedMotion: 'reduce', ...options });
      contexts.push(context);
      if (cookie) await context.addCookies([{ name: cookie.name, value: cookie.value, url: server.url }]);
      const page = await context.newPage();
      watchErrors(page, errors);
      return page;
    });
    for (const context of contexts) await context.close();
    expectNone(errors, expectedErrors);
  },
  account: async ({ server, cookie, browser }, use) => {
    const made: Account[] = [];
    await use(async (role) => {
      const account = await addAccount(server, cookie, role);
      made.push(account);
      return account;
    });
    // A page that still asks as an account that goes would be refused, and say so on its console.
    if (made.length > 0) for (const page of browser.contexts().flatMap((c) => c.pages())) await page.close();
    for (const { name } of made) await removeAccount(server, cookie, name);
  },
  undone: async ({ server, cookie }, use) => {
    await restore(server, cookie);
    await use(undefined);
    await restore(server, cookie);
  },
});
/** For a file that stops its server, or changes what others rely on: one of its own for all its tests. */
export const testOnOwnServer = (env: Record<string, string> = {}) =>
  test.extend<object, Pick<Worker, 'server'>>({ server: [handover(env), { scope: 'worker', timeout: 90_000 }] });

export { expect };
