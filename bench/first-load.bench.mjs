import { FIRST_LOAD_BUDGET, firstLoad } from '../e2e/world/first-load.mjs';
import { startServer } from '../e2e/world/server.mjs';

export const title = 'First-load JavaScript';
export const what =
  'All scripts that a page’s HTML names, each compressed with gzip: what a browser with an empty cache must have before the page is alive. The build stage of `npm test` holds the budget.';

export async function run() {
  const server = await startServer();
  try {
    const cookie = await server.createAdmin();
    await server.settled(cookie);
    const pages = await firstLoad(server, cookie);
    return {
      figures: pages.map(({ name, bytes }) => ({ name, value: Math.round(bytes / 100) / 10, unit: 'kB', goal: FIRST_LOAD_BUDGET / 1000 })),
    };
  } finally {
    await server.remove();
  }
}
