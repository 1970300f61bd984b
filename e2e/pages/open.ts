import type { Page } from '@playwright/test';

/** Goes to a page and waits until React listens: what is clicked or typed before is lost, as it is for a very fast person. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await ready(page);
}

/** React has taken the page over: its buttons carry its marks. */
export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const control = document.querySelector('button');
    return control !== null && Object.keys(control).some((key) => key.startsWith('__react'));
  });
}
