import { describe, expect, test } from 'vitest';
import { assertMessages } from '../text/messages.test-support';
import { composeOf, setupCommands } from './by-hand';
import { setupPlanChecks } from './checks';
import type { SetupFacts } from './facts';
import { cluster, engine, facts, IMAGE, primary, primaryInstance } from './facts.test-support';
import { makeSetupPlan, setupCore } from './plan';
import { proposeBoth, proposeSecondary } from './propose';
import { compareRows } from './rows';
import type { SetupPlan } from './setup';
import type { CreateSecondary, Wanted } from './wanted';

const n = { setupId: '7', at: 100, newClusterId: 'new' };
function planned(wanted: Wanted, f: SetupFacts = facts()): SetupPlan {
  const plan = makeSetupPlan(wanted, f, n);
  if (!plan.ok) throw new Error(plan.error.message);
  return plan.value;
}
const proposed = (id: string, f: SetupFacts = facts()): CreateSecondary => {
  const e = f.engines.find((x) => x.id === id);
  if (!e) throw new Error('no engine');
  return proposeSecondary(cluster, primary, e, f);
};
const against = (wanted: Wanted, f: SetupFacts): string[] => {
  const plan = makeSetupPlan(wanted, f, n);
  const checks = setupPlanChecks(wanted, f, plan.ok ? plan.value : undefined, plan.ok ? undefined : plan.error);
  assertMessages(checks);
  return checks.filter((c) => c.result === 'block' || c.result === 'unknown').map((c) => c.measured.key);
};

describe('the proposal', () => {
  test('names, volume and aliases of its own; the port where it is free; a name that others may go by is left to the live one', () => {
    expect(proposed('b')).toMatchObject({
      ...{ name: 'js7-pay-secondary', hostname: 'js7-pay-secondary', url: 'http://127.0.0.1:15444', copyPublicAccess: true },
      mounts: [{ kind: 'volume', source: 'js7-pay-secondary-var', target: '/var/sos-berlin.com/js7/controller' }],
      networks: [{ network: 'js7', aliases: ['js7-pay-secondary', 'pay-secondary-api'] }],
      ports: [{ inside: 4444, hostIp: '', outside: 15_444 }],
    });
    expect(proposed('a').ports).toEqual([{ inside: 4444, hostIp: '', outside: 15_445 }]);
  });

  test('two engines on one machine share its ports', () => {
    const f = facts({
      engines: [
        engine('a', { instances: [primaryInstance] }),
        engine('b', { info: { version: '27', apiVersion: '1', hostname: 'a', os: '', rootless: false } }),
      ],
    });
    expect(proposed('b', f).ports[0]?.outside).toBe(15_445);
  });

  test('what is taken gets a number', () => {
    const taken = { ...primaryInstance, name: 'js7-pay-secondary', hostname: 'x', ports: [] };
    const f = facts({
      engines: [engine('a', { instances: [primaryInstance] }), engine('b', { instances: [taken], volumes: ['js7-pay-secondary-var'] })],
    });
    expect(proposed('b', f)).toMatchObject({ name: 'js7-pay-secondary-2', mounts: [{ source: 'js7-pay-secondary-var-2' }] });
  });

  test('both: only where there is an image of a Controller', () => {
    const f = facts({ engines: [engine('a', { images: [] }), engine('b')] });
    expect(f.engines.map((e) => proposeBoth(e, f)?.imageDigest)).toEqual([undefined, IMAGE.digest]);
    const both = proposeBoth(engine('b'), f);
    expect(both && against(both, f)).toEqual([]);
  });
});

describe('the plan', () => {
  test('same image by digest, same ID and user, restart policy no; labels of compose, proxies and other set-ups are left out; secrets are named only', () => {
    const plan = planned(proposed('b'));
    const [i] = plan.instances;
    expect(i).toMatchObject({ image: IMAGE, restartPolicy: { name: 'no' }, labels: { team: 'ops' }, secretEnv: ['DB_PASSWORD'] });
    expect(i?.env).toEqual({ RUN_JS_ID: 'pay', RUN_JS_JAVA_OPTIONS: '-Xmx1g', RUN_JS_USER_ID: '1001:0' });
    expect(JSON.stringify(plan)).not.toContain('hidden');
    expect(plan.files.map((f) => [f.path, f.how])).toEqual([
      ['controller.conf', 'changed'],
      ['private/https-keystore.p12', 'left-out'],
      ['private/private.conf', 'copied'],
    ]);
  });

  test('the ID cannot be changed, a variable can be added, replaced and taken away', () => {
    const env = { RUN_JS_ID: 'other', RUN_JS_JAVA_OPTIONS: '', TZ: 'UTC' };
    expect(planned({ ...proposed('b'), env }).instances[0]?.env).toEqual({ RUN_JS_ID: 'pay', RUN_JS_USER_ID: '1001:0', TZ: 'UTC' });
  });

  test('the image is copied where it is missing; without any source that is said', () => {
    const lacking = facts({ engines: [engine('a', { instances: [primaryInstance] }), engine('b', { images: [] })] });
    const plan = planned(proposed('b', lacking), lacking);
    expect(plan.instances[0]?.copyImageFrom).toBe('a');
    expect(plan.steps).toContain('image');
    const nowhere = facts({ engines: [engine('a', { images: [] }), engine('b', { images: [] })] });
    expect(against(proposed('b', nowhere), nowhere)).toContain('making.image.gone');
  });

  test('its hash is the same for the same world, and another one when anything of it changes', () => {
    const core = (wanted: Wanted, at = 100) => {
      const p = makeSetupPlan(wanted, facts(), { setupId: String(at), at, newClusterId: 'x' });
      return p.ok ? setupCore(p.value) : '';
    };
    expect(core(proposed('b'))).toBe(core(proposed('b'), 999));
    expect(core(proposed('b'))).not.toBe(core({ ...proposed('b'), name: 'other' }));
    expect(core(proposed('b'))).not.toBe(core({ ...proposed('b'), copyPublicAccess: false }));
  });
});

describe('checks', () => {
  test('nothing stands against the proposal', () => {
    for (const id of ['a', 'b']) expect(against(proposed(id), facts())).toEqual([]);
  });
  test.each<[string, Partial<SetupFacts>, string]>([
    [
      'the engine is down',
      { engines: [engine('a', { instances: [primaryInstance] }), engine('b', { problem: { code: 'ENGINE_UNREACHABLE', message: 'x' } })] },
      'making.problem',
    ],
    ['no space', { engines: [engine('a', { instances: [primaryInstance] }), engine('b', { freeBytes: 1_999 })] }, 'making.space.short'],
    [
      'the network is gone',
      { engines: [engine('a', { instances: [primaryInstance] }), engine('b', { networks: [] })] },
      'making.network.gone',
    ],
    [
      'a Secondary is there',
      { cluster: { ...cluster, secondary: { ref: { engineId: 'a', name: 'js7-pay-primary' }, access: { url: 'x' } } } },
      'making.one.there',
    ],
    ['something is under way', { busy: 'Run 3 of this cluster has no end yet.' }, 'making.free.busy'],
    [
      'the fence would not hold',
      {
        primary: {
          ...primary,
          config: { ...(primary.config as object), next: { text: '', bytes: 0, flag: 'off', nodes: 'none' } } as never,
        },
      },
      'making.fence.off',
    ],
  ])('%s', (_what, change, key) => {
    expect(against(proposed('b'), facts(change))).toContain(key);
  });
  test('a Secondary whose container is gone may be made anew', () => {
    const gone = facts({ cluster: { ...cluster, secondary: { ref: { engineId: 'b', name: 'js7-pay-secondary' }, access: { url: 'x' } } } });
    expect(against(proposed('b', gone), gone)).toEqual([]);
    expect(planned(proposed('b', gone), gone).replaces).toEqual({ engineId: 'b', name: 'js7-pay-secondary' });
  });
  test.each([
    ['http://127.0.0.1:15446', 'making.address.fits'],
    ['http://127.0.0.1:15445', 'making.address.unfit'],
    ['http://js7-pay-secondary-2:4444', 'making.address.untold'],
    ['http://js7-pay-primary:4444', 'making.address.unfit'],
  ])('an existing container, by %s: %s', (url, key) => {
    const spare = { ...primaryInstance, id: 's', name: 'spare', hostname: 'spare', state: 'exited' as const, networks: [] };
    const ports = [{ inside: 4444, hostIp: '', outside: 15_446 }];
    const f = facts({ existing: { ...primary, instance: { ...spare, ports }, owner: { uid: 1, gid: 0 }, fingerprint: 'empty' } });
    const wanted: Wanted = { kind: 'use-existing', clusterId: 'pay', engineId: 'a', name: 'spare', access: { url }, moveAside: false };
    const found = setupPlanChecks(wanted, f, planned(wanted, f)).find((c) => c.id === 'address');
    assertMessages(found);
    expect(found?.measured.key).toBe(key);
    expect(found?.result).toBe(key.endsWith('unfit') ? 'block' : key.endsWith('fits') ? 'pass' : 'warn');
  });
  test('an Agent whose name only the Primary’s engine knows is a warning on another engine', () => {
    const withAgents = (url: string) => facts({ primary: { ...primary, agents: [{ name: 'agent-1', url, coupled: true }] } });
    const of = (id: string, url: string) =>
      setupPlanChecks(proposed(id), withAgents(url), planned(proposed(id), withAgents(url))).find((c) => c.id === 'agents')?.measured.key;
    expect(of('b', 'http://js7-agent:4445')).toBe('making.agents.inside');
    expect(of('a', 'http://js7-agent:4445')).toBe('making.agents.known');
    expect(of('a', 'http://localhost:4445')).toBe('making.agents.local');
  });
});

test('side by side: what must be equal, what is its own, and the fence', () => {
  const rows = compareRows(planned(proposed('b')), facts());
  assertMessages(rows);
  expect(Object.fromEntries(rows.map((r) => [r.id, r.compared]))).toEqual({
    ...{
      container: 'own',
      engine: 'own',
      image: 'same',
      'controller-id': 'same',
      user: 'same',
      java: 'same',
      network: 'same',
      hostname: 'own',
    },
    ...{ volume: 'own', ports: 'same', environment: 'same', restart: 'fence' },
  });
  expect(JSON.stringify(rows)).not.toContain('hidden');
});

test('by hand: complete lines, without a secret; compose leaves the spare alone', () => {
  const plan = planned(proposed('b'));
  const lines = setupCommands(plan).join('\n');
  for (const part of [
    'docker volume create js7-pay-secondary-var',
    '--restart no',
    `--env DB_PASSWORD="$DB_PASSWORD"`,
    'rm config/private/https-keystore.p12',
    'is-backup = yes',
    IMAGE.digest,
  ])
    expect(lines).toContain(part);
  expect(lines).not.toContain('hidden');
  expect(lines).not.toMatch(/docker start/);
  expect(composeOf(plan).file).toMatchObject({
    services: {
      'controller-secondary': {
        image: IMAGE.digest,
        restart: 'no',
        profiles: ['manual'],
        // biome-ignore lint/suspicious/noTemplateCurlyInString: compose fills it in
        environment: { DB_PASSWORD: '${DB_PASSWORD}' },
        networks: { js7: { aliases: ['js7-pay-secondary', 'pay-secondary-api'] } },
      },
    },
    networks: { js7: { external: true } },
  });
});
