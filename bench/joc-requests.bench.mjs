import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundled } from './bundle.mjs';
import { percentile } from './figures.mjs';

export const title = 'Watching JOC Cockpit';
export const what =
  'Requests to one JOC Cockpit while clusters that are registered with it are watched at rest, counted on the wire; and the time until a Controller that is killed or started behind its back shows in what JOC Cockpit says. Emulated JOC Cockpit and Controllers.';

const root = resolve(import.meta.dirname, '..');
export async function run() {
  const out = await bundled('bench-joc-requests', [join(import.meta.dirname, 'joc-requests/measure.ts')], {
    'import.meta.url': JSON.stringify(pathToFileURL(join(root, 'e2e/emulators/shared/test-world.ts')).href),
  });
  try {
    const { measure } = await import(pathToFileURL(join(out, 'measure.mjs')).href);
    const one = await measure({ clusters: 1, seconds: 180, changes: 5 });
    const four = await measure({ clusters: 4, seconds: 180, changes: 0 });
    const times = (routes) =>
      Object.entries(routes)
        .sort()
        .map(([route, n]) => `${route} ${n}`)
        .join(', ');
    return {
      figures: [
        { name: 'requests, one cluster', value: Number(one.perMinute.toFixed(1)), unit: 'per minute', goal: 15 },
        { name: 'requests, four clusters', value: Number(four.perMinute.toFixed(1)), unit: 'per minute', goal: 45 },
        { name: 'a change shows, p50', value: percentile(one.shownMs, 50), unit: 'ms' },
        { name: 'a change shows, p95', value: percentile(one.shownMs, 95), unit: 'ms' },
      ],
      notes: [`One cluster, 3 min: ${times(one.routes)}.`, `Four clusters, 3 min: ${times(four.routes)}.`],
    };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
