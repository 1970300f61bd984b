// The machine's own Chromium: the project never downloads one. HANDOVER_CHROMIUM names another.
import { existsSync } from 'node:fs';

const PLACES = [
  process.env.HANDOVER_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Launch options for Playwright. As root Chromium starts without its sandbox only. */
export const CHROMIUM = {
  executablePath: PLACES.find((place) => place && existsSync(place)),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
};
