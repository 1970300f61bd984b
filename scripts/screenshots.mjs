// `npm run screenshots`: every page in both themes, 1440 and 390 px wide, into docs/screenshots as NAME-{light,dark,phone-light,phone-dark}.png.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root } from './install.mjs';

ensureInstalled();
const { ensureBuilt } = await import('./build.mjs');
ensureBuilt();
const { chromium } = await import('@playwright/test');
const { CHROMIUM } = await import('../e2e/world/chromium.mjs');
const { startServer, until } = await import('../e2e/world/server.mjs');
const { GUEST_PAGES, pagesOf } = await import('../e2e/world/pages.mjs');
const { registered } = await import('../e2e/world/registered.mjs');
// Next brings it along on most machines; without it the files are just bigger.
const sharp = (await import('sharp').catch(() => undefined))?.default;

const folder = join(root, 'docs/screenshots');
mkdirSync(folder, { recursive: true });
const only = process.argv.slice(2);
const server = await startServer();
const browser = await chromium.launch(CHROMIUM);
try {
  await picture(GUEST_PAGES[0]);
  const cookie = await server.createAdmin();
  await picture(GUEST_PAGES[1]);
  await server.settled(cookie);
  for (const page of await pagesOf(server, cookie)) await picture(page, cookie);
  await settingUp(cookie);
  for (const page of await registered(server, cookie)) await picture(page, cookie);
} finally {
  await browser.close();
  await server.remove();
}

/** A Secondary that somebody has taken away, and the set-up that makes a new one. */
async function settingUp(cookie) {
  if (only.length > 0 && !only.some((name) => name.startsWith('set-up'))) return;
  const ask = async (method, path, body) => {
    const headers = { cookie: `${cookie.name}=${cookie.value}`, origin: server.url, 'content-type': 'application/json' };
    const answer = await fetch(server.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
    return answer.status === 204 ? undefined : await answer.json();
  };
  await ask('POST', '/api/rehearsal/faults/take-secondary-away', { on: true });
  const [cluster] = await until('the Secondary is gone', async () => {
    const { data } = await ask('GET', '/api/clusters');
    return data[0]?.secondary?.role === 'absent' ? data : undefined;
  });
  await picture({ name: 'set-up', path: `/clusters/${cluster.id}/set-up` }, cookie, 'Ready to create');
  const { proposals } = await ask('GET', `/api/setups/options?clusterId=${cluster.id}`);
  const { hash } = await ask('POST', '/api/setups/plan', proposals[0]);
  const { id } = await ask('POST', '/api/setups', { input: proposals[0], hash });
  await until('the Secondary is made', async () => (await ask('GET', `/api/setups/${id}`)).state === 'made');
  await picture({ name: 'set-up-run', path: `/setups/${id}` }, cookie, 'Done:');
}

async function picture({ name, path }, cookie, says) {
  if (only.length > 0 && !only.includes(name)) return;
  for (const theme of ['light', 'dark']) {
    for (const [width, height, label] of [
      [1440, 900, ''],
      [390, 844, 'phone-'],
    ]) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: theme,
        reducedMotion: 'reduce',
        locale: 'en-GB',
        timezoneId: 'UTC',
        ...(label && { hasTouch: true, isMobile: true }),
      });
      if (cookie) await context.addCookies([{ ...cookie, url: server.url }]);
      const page = await context.newPage();
      await page.goto(server.url + path, { waitUntil: 'load' });
      await page.evaluate(() => document.fonts.ready);
      await page
        .getByRole('heading', says && { name: says })
        .first()
        .waitFor();
      // One breath for what comes by the stream after the first paint.
      await page.waitForTimeout(1500);
      const raw = await page.screenshot({ fullPage: true, animations: 'disabled' });
      const file = `${name}-${label}${theme}.png`;
      writeFileSync(join(folder, file), sharp ? await sharp(raw).png({ palette: true, quality: 90, effort: 8 }).toBuffer() : raw);
      console.log(file);
      await context.close();
    }
  }
}
