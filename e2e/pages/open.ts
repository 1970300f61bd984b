import type { Page } from '@playwright/test';

/**
 * Goes to a page and waits until React listens: what is clicked or typed before is lost, as it is for a very fast person. Chromium breaks off what it loads
 * when a network interface comes or goes, as containers make them: then, as a person would, once more.
 */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  try {
    await ready(page, 10_000);
  } catch {
    await page.goto(path);
    await ready(page);
  }
}

/** React has taken the page over: its buttons carry its marks. */
export async function ready(page: Page, timeout = 30_000): Promise<void> {
  await page.waitForFunction(
    () => {
      const control = document.querySelector('button');
      return control !== null && Object.keys(control).some((key) => key.startsWith('__react'));
    },
    undefined,
    { timeout },
  );
}
