import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../fixtures';
import { GUEST_PAGES, type ListedPage, pagesOf } from '../world/pages.mjs';

for (const theme of ['light', 'dark'] as const) {
  for (const [width, label] of [
    [1440, 'wide'],
    [390, 'phone'],
  ] as const) {
    test.describe(`${theme}, ${label}`, () => {
      test.use({ colorScheme: theme, viewport: { width, height: 900 }, reducedMotion: 'reduce' } as never);

      test('every page is accessible, fits its width and does not shift', async ({
        admin: page,
        server,
        cookie,
        visitor,
        expectedErrors,
      }) => {
        test.setTimeout(180_000);
        expectedErrors.push(/status of 404/);
        await server.settled(cookie);
        const pages = await pagesOf(server, cookie);
        expect(pages.length).toBeGreaterThan(4);
        for (const listed of pages) await test.step(listed.name, () => check(page, listed));

        const guest = await visitor(undefined, { colorScheme: theme, viewport: { width, height: 900 } });
        await test.step('login', () => check(guest, GUEST_PAGES[1] as ListedPage));
      });
    });
  }
}

async function check(page: import('@playwright/test').Page, { name, path }: ListedPage): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading').first()).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  const found = (await new AxeBuilder({ page }).analyze()).violations;
  expect
    .soft(
      found.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`),
      `accessibility of ${name}`,
    )
    .toEqual([]);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(sideways, `px that ${name} scrolls sideways`).toBe(0);
  expect.soft(await layoutShift(page), `layout shift of ${name}`).toBeLessThan(0.02);
}

/** Cumulative layout shift so far, as Lighthouse counts it (without those after input). */
function layoutShift(page: import('@playwright/test').Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const e of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
            if (!e.hadRecentInput) sum += e.value;
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 300);
      }),
  );
}
