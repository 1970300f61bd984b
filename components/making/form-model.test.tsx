import { describe, expect, test } from 'vitest';
import type { SetupOptions } from '@/lib/contract/setup';
import {
  bothForm,
  bothInput,
  type CreateBoth,
  type CreateSecondary,
  envOf,
  existingInput,
  noExisting,
  proposalOn,
  secondaryForm,
  secondaryInput,
} from './form-model';

const placed = (name: string): CreateBoth['primary'] => ({
  engineId: 'b',
  name,
  hostname: name,
  url: `http://${name}:4444`,
  ports: [{ inside: 4444, hostIp: '127.0.0.1', outside: 15445 }],
  mounts: [{ kind: 'volume', source: `${name}-var`, target: '/var/data' }],
  networks: [{ network: 'js7', aliases: [name, 'spare'] }],
});
const secondary: CreateSecondary = {
  kind: 'create-secondary',
  clusterId: 'pay',
  ...placed('pay-secondary'),
  env: {},
  copyPublicAccess: true,
};
const both: CreateBoth = {
  kind: 'create-both',
  clusterName: 'pay',
  controllerId: 'pay',
  imageDigest: 'sha256:1',
  network: 'js7',
  primary: placed('pay-primary'),
  secondary: placed('pay-secondary'),
};

describe('a new Secondary', () => {
  test('untouched, the proposal is sent as it was made', () => {
    expect(secondaryInput('pay', secondaryForm(secondary))).toEqual(secondary);
  });
  test('an empty port is not published, aliases are split, spaces around names are cut', () => {
    const form = secondaryForm(secondary);
    const input = secondaryInput('pay', {
      ...form,
      name: ' spare ',
      ports: form.ports.map((p) => ({ ...p, outside: ' ' })),
      networks: [{ network: 'js7', aliases: 'one,  two three' }],
    });
    expect(input).toMatchObject({ name: 'spare', ports: [], networks: [{ network: 'js7', aliases: ['one', 'two', 'three'] }] });
  });
  test.each([
    ['a name of one letter', { name: 'x' }],
    ['a host name with a space', { hostname: 'a b' }],
    ['an address with a path', { url: 'http://host:4444/controller' }],
    ['a port that is none', { ports: [{ inside: 4444, hostIp: '', outside: '70000' }] }],
    ['a folder that is not absolute', { mounts: [{ kind: 'bind' as const, source: 'var/data', target: '/var/data' }] }],
    ['a volume that is a path', { mounts: [{ kind: 'volume' as const, source: '/srv/data', target: '/var/data' }] }],
    ['an alias that cannot be a name', { networks: [{ network: 'js7', aliases: 'good, -bad' }] }],
    ['a line that is no variable', { env: 'RUN_JS_JAVA_OPTIONS -Xmx1g' }],
    ['a node without an address', { nodes: { primary: 'http://a:4444', secondary: '' } }],
  ])('%s is not sent', (_, part) => {
    expect(secondaryInput('pay', { ...secondaryForm(secondary), ...part })).toBeUndefined();
  });
  test('public access is only left out, never added', () => {
    expect(secondaryForm({ ...secondary, copyPublicAccess: false }).publicAccess).toBe(false);
  });
  test('another engine has its own proposal', () => {
    const options = { proposals: [both, secondary, { ...secondary, engineId: 'a', name: 'other' }] } as unknown as SetupOptions;
    expect(proposalOn(options, 'a')?.name).toBe('other');
    expect(proposalOn(options, 'c')).toBeUndefined();
  });
});

test('variables: one a line, empty takes away, equals signs belong to the value', () => {
  expect(envOf('A=1\n\n  B=\nC=x=y ')).toEqual({ A: '1', B: '', C: 'x=y' });
  expect(envOf('1A=2')).toBeUndefined();
});

describe('both', () => {
  test('untouched as proposed; another network is that of both', () => {
    expect(bothInput(bothForm(both))).toEqual(both);
    const input = bothInput({ ...bothForm(both), network: 'other' });
    expect([input?.primary.networks[0]?.network, input?.secondary.networks[0]?.network]).toEqual(['other', 'other']);
  });
  test.each([{ controllerId: '1st' }, { clusterName: ' ' }, { network: '' }])('not sent with %o', (part) => {
    expect(bothInput({ ...bothForm(both), ...part })).toBeUndefined();
  });
});

describe('an existing container', () => {
  test('nothing is sent before one is chosen and has an address', () => {
    expect(existingInput('pay', noExisting)).toBeUndefined();
    expect(existingInput('pay', { ...noExisting, key: 'b/spare' })).toBeUndefined();
  });
  test('engine and name come from the choice; a password only with an account', () => {
    const form = { ...noExisting, key: 'b/spare', url: 'http://spare:4444', password: 'secret' };
    expect(existingInput('pay', form)).toEqual({
      kind: 'use-existing',
      clusterId: 'pay',
      engineId: 'b',
      name: 'spare',
      access: { url: 'http://spare:4444' },
      moveAside: false,
    });
    expect(existingInput('pay', { ...form, user: 'handover' })?.access).toEqual({
      url: 'http://spare:4444',
      user: 'handover',
      password: 'secret',
    });
  });
});
