import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { CHROMIUM } from '../e2e/world/chromium.mjs';
import { GUEST_PAGES, pagesOf } from '../e2e/world/pages.mjs';
import { startServer } from '../e2e/world/server.mjs';

export const title = 'First-load JavaScript';
export const what = 'All scripts that a browser with an empty cache runs until the page has loaded, each compressed with gzip.';

export async function run() {
  const server = await startServer();
  const browser = await chromium.launch(CHROMIUM);
  try {
    const cookie = await server.createAdmin();
    await server.settled(cookie);
    const figures = [];
    for (const { name, path } of [GUEST_PAGES[1], ...(await pagesOf(server, cookie))]) {
      const context = await browser.newContext();
      if (name !== 'login') await context.addCookies([{ ...cookie, url: server.url }]);
      const page = await context.newPage();
      const sizes = [];
      page.on('response', (answer) => {
        if (answer.request().resourceType() === 'script') sizes.push(answer.body().then((body) => gzipSync(body).length));
      });
      await page.goto(server.url + path, { waitUntil: 'load' });
      const kb = (await Promise.all(sizes)).reduce((a, b) => a + b, 0) / 1000;
      if (kb === 0) throw new Error(`${name} loaded no script: nothing was measured`);
      figures.push({ name, value: Math.round(kb), unit: 'kB', goal: 170 });
      await context.close();
    }
    return { figures };
  } finally {
    await browser.close();
    await server.remove();
  }
}
