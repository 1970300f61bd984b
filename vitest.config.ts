import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const here = import.meta.dirname;
const serverOnly = join(dirname(createRequire(import.meta.url).resolve('server-only')), 'empty.js');
const alias = [
  { find: /^server-only$/, replacement: serverOnly },
  { find: /^@\//, replacement: `${here}/` },
];
const architecture = 'lib/architecture.test.ts';
const docker = '**/*.docker.test.ts';
/** Tests of whole worlds (processes, engines) depend on what else the machine does: CI gives them a second try, and its log names what needed one. A person sees the first failure. */
const retry = process.env.CI === 'true' ? 1 : 0;
const ignored = ['node_modules/**', '.next/**', 'dist/**', '.tmp/**', 'data/**'];

/** `unit`: node; `component`: jsdom; `architecture`: the rules of the code itself; `docker`: on a real dockerd of its own (root on Linux), never part of a plain unit run. */
export default defineConfig({
  resolve: { alias },
  test: {
    passWithNoTests: false,
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          environment: 'node',
          include: ['{app,lib,e2e}/**/*.test.ts', '{scripts,bench}/**/*.test.mjs'],
          exclude: [docker, architecture, ...ignored],
          testTimeout: 10_000,
          retry,
        },
      },
      {
        plugins: [react()],
        resolve: { alias },
        test: {
          name: 'component',
          environment: 'jsdom',
          // As on a page that stands for a moment: all texts are there.
          setupFiles: ['components/text/all-texts.test-support.ts'],
          include: ['{app,components,lib}/**/*.test.tsx'],
          exclude: ignored,
          testTimeout: 10_000,
        },
      },
      { test: { name: 'architecture', environment: 'node', include: [architecture] } },
      {
        resolve: { alias },
        test: {
          name: 'docker',
          environment: 'node',
          include: [`{lib,e2e}/${docker}`],
          exclude: ignored,
          globalSetup: ['e2e/docker/vitest-engine.ts'],
          testTimeout: 60_000,
          hookTimeout: 90_000,
          retry,
        },
      },
    ],
  },
});
