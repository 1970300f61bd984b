import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { endLeftovers, names } from './leftovers.mjs';

it.each([
  ['/bin/sh -c x handover-rehearsal /x/data/rehearsal/engines/a', true],
  ['node emulators/controller.cjs --data=/x/data/rehearsal/a', true],
  ['node emulators /x/data', true],
  ['node emulators /x/data/', true],
  ['node emulators /x/data2/rehearsal/a', false],
  ['node emulators /x/data/sub/rehearsal/a', false],
  ['node emulators /other/x/data/rehearsal/a', false],
  ['node emulators /x/data/rehearsal-old/a', false],
  ['node emulators /x/data2 /x/data/rehearsal/a', true],
])('%s', (line, mine) => expect([names(line, '/x/data'), names(line, '/x/data/')]).toEqual([mine, mine]));

it('ends the processes of this folder and leaves those of its neighbours', async () => {
  const folder = `/nowhere/handover-${process.pid}/data`;
  const start = (path) => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)', 'handover-rehearsal', path], { stdio: 'ignore' });
  const [mine, longer, nested] = [`${folder}/rehearsal/a`, `${folder}2/rehearsal/a`, `${folder}/sub/rehearsal/a`].map(start);
  try {
    await Promise.all([mine, longer, nested].map((p) => once(p, 'spawn')));
    const over = once(mine, 'exit');
    expect(endLeftovers(folder)).toBe(1);
    expect((await over)[1]).toBe('SIGKILL');
    for (const p of [longer, nested]) expect(process.kill(p.pid, 0)).toBe(true);
  } finally {
    for (const p of [mine, longer, nested]) p.kill('SIGKILL');
  }
});
