import { setTimeout as delay } from 'node:timers/promises';
import { startServer } from '../e2e/world/server.mjs';
import { cpuSeconds, rssMb } from './process-figures.mjs';

export const title = 'Idle, with one cluster';
export const what =
  'The production server with the rehearsal cluster (two engines, one active Controller, one spare), one minute without a browser. Emulated Controllers are processes of their own and not counted. Cold start: from the start of the process to the first whole page, median of five.';

const SECONDS = 60;

export async function run() {
  const starts = [];
  const work = [];
  for (let i = 0; i < 5; i++) {
    const server = await startServer();
    const began = performance.now();
    await (await fetch(`${server.url}/first-run`)).text();
    starts.push(server.startMs + performance.now() - began);
    work.push(cpuSeconds(server.pid) * 1000);
    await server.remove();
  }
  const server = await startServer();
  try {
    await server.settled(await server.createAdmin());
    await delay(5000);
    const before = cpuSeconds(server.pid);
    await delay(SECONDS * 1000);
    const cpu = ((cpuSeconds(server.pid) - before) / SECONDS) * 100;
    return {
      figures: [
        { name: 'resident memory', value: Math.round(rssMb(server.pid)), unit: 'MB', goal: 160 },
        { name: 'processor', value: Number(cpu.toFixed(2)), unit: '% of one core', goal: 1 },
        { name: 'cold start to the first page', value: Math.round(starts.sort((a, b) => a - b)[2]), unit: 'ms', goal: 2000 },
        { name: 'processor time of it', value: Math.round(work.sort((a, b) => a - b)[2]), unit: 'ms' },
      ],
    };
  } finally {
    await server.remove();
  }
}
