import { defineConfig, devices } from '@playwright/test';
import { CHROMIUM } from './world/chromium.mjs';

/** `browser`: on the rehearsal world; `docker`: on a real dockerd of its own (`*.docker.spec.ts`, root on Linux). No retries: a test that passes only the second time has failed. */
export default defineConfig({
  testDir: './specs',
  outputDir: '../test-results',
  fullyParallel: false,
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI === 'true',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: CHROMIUM,
  },
  projects: [
    { name: 'browser', testMatch: '**/*.spec.ts', testIgnore: '**/*.docker.spec.ts' },
    { name: 'docker', testMatch: '**/*.docker.spec.ts', timeout: 180_000 },
  ],
});
