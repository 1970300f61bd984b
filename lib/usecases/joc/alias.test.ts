import { expect, test } from 'vitest';
import type { Cluster } from '../../domain/cluster/cluster';
import { problem } from '../../domain/errors';
import type { ContainerState, Instance } from '../../domain/instance/instance';
import type { ClusterJoc } from '../../domain/joc/joc';
import { err, ok } from '../../domain/result';
import type { Engine } from '../../ports/engine';
import { carryAlias } from './alias';

const cluster = {
  id: 'billing',
  name: 'Billing',
  controllerId: 'billing',
  primary: { ref: { engineId: 'one', name: 'a' }, access: { url: 'http://a' } },
  secondary: { ref: { engineId: 'two', name: 'b' }, access: { url: 'http://b' } },
  createdAt: 0,
} satisfies Cluster;
const joc: ClusterJoc = { jocId: 'joc', follow: { kind: 'name', url: 'http://live:4444', alias: 'live', network: 'js7' }, captions: {} };

/** Engines with one container each; what is asked of them is written down in order. */
function worldOf(a: { state: ContainerState; aliases: string[] }, b: { state: ContainerState; aliases: string[] } | 'silent') {
  const calls: string[] = [];
  const engine = (name: string, at: typeof a | 'silent') =>
    ({
      inspect: async () =>
        at === 'silent'
          ? err(problem('ENGINE_UNREACHABLE', 'The engine is silent.'))
          : ok({
              name,
              state: at.state,
              networks: [
                { network: 'other', aliases: ['x'] },
                { network: 'js7', aliases: at.aliases },
              ],
            } as unknown as Instance),
      making: {
        setAliases: async (n: string, network: string, aliases: string[]) => {
          calls.push(`${n} ${network} ${aliases.join(',')}`);
          if (at !== 'silent') at.aliases = aliases;
          return ok(undefined);
        },
      },
    }) as unknown as Engine;
  const engines: Record<string, Engine> = { one: engine('a', a), two: engine('b', b) };
  return { calls, carry: carryAlias({ engine: (id) => engines[id] }) };
}

test('moves from one to the other, others stay; taken before it is given; again is nothing', async () => {
  const { calls, carry } = worldOf({ state: 'exited', aliases: ['a', 'live'] }, { state: 'created', aliases: ['b', 'agents-know-me'] });
  const r = await carry({ cluster, to: 'secondary', joc });
  expect(r.ok && r.value.evidence.map((m) => m.key)).toEqual(['reg.alias.taken', 'reg.alias.given']);
  expect(calls).toEqual(['a js7 a', 'b js7 b,agents-know-me,live']);
  const again = await carry({ cluster, to: 'secondary', joc });
  expect(again.ok && again.value.evidence.map((m) => m.key)).toEqual(['reg.alias.has']);
  expect(calls).toHaveLength(2);
});
test.each([
  ['the one that gets it', { state: 'exited' as const, aliases: ['live'] }, { state: 'running' as const, aliases: [] }],
  ['the one that loses it', { state: 'running' as const, aliases: ['live'] }, { state: 'exited' as const, aliases: [] }],
])('a running container is not touched without a person’s word: %s', async (_what, a, b) => {
  const { calls, carry } = worldOf(a, b);
  expect(await carry({ cluster, to: 'secondary', joc })).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
  expect(calls).toHaveLength(0);
  expect((await carry({ cluster, to: 'secondary', joc, mayInterrupt: true })).ok).toBe(true);
  expect(calls.at(-1)).toBe('b js7 live');
});
test('paused, restarting and words we do not know count as running', async () => {
  for (const state of ['paused', 'restarting', 'removing', 'unknown'] as const) {
    const { calls, carry } = worldOf({ state: 'exited', aliases: [] }, { state, aliases: [] });
    expect((await carry({ cluster, to: 'secondary', joc })).ok, state).toBe(false);
    expect(calls).toEqual([]);
  }
});
test('the engine of the old one is lost: the new one gets the name all the same, and it is told', async () => {
  const { calls, carry } = worldOf({ state: 'exited', aliases: [] }, 'silent');
  const r = await carry({ cluster, to: 'primary', joc });
  expect(r.ok && r.value.evidence.map((m) => m.key)).toEqual(['reg.alias.not-taken', 'reg.alias.given']);
  expect(calls).toEqual(['a js7 live']);
});
test('other ways to follow have no alias', async () => {
  const { calls, carry } = worldOf({ state: 'exited', aliases: [] }, 'silent');
  expect(await carry({ cluster, to: 'primary', joc: { ...joc, follow: { kind: 'front', url: 'http://x' } } })).toEqual({
    ok: true,
    value: { evidence: [] },
  });
  expect(calls).toEqual([]);
});

test('put back as it was: the new one loses it, the old one has it again', async () => {
  const { calls, carry } = worldOf({ state: 'exited', aliases: ['a', 'live'] }, { state: 'created', aliases: ['b'] });
  const r = await carry({ cluster, to: 'secondary', joc });
  expect(r.ok && (await r.value.undo?.())?.ok).toBe(true);
  expect(calls).toEqual(['a js7 a', 'b js7 b,live', 'b js7 b', 'a js7 a,live']);
  const first = await carry({ cluster, to: 'primary', joc });
  expect(first.ok && first.value.undo).toBeUndefined();
});
