import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inspectSchema, instanceFrom, timeFrom } from './instance';

type Json = Record<string, unknown>;
/** `docker inspect` of a real engine (20.10.24), paths of the machine taken out. */
const recorded = (name: string): Json =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'testing/recorded', `${name}.json`), 'utf8')) as Json;
const instance = (json: Json) => instanceFrom('docker-a', inspectSchema.parse(json));
const changed = (json: Json, path: string, value: unknown): Json => {
  const copy = structuredClone(json);
  const keys = path.split('.');
  const last = keys.pop() as string;
  const at = keys.reduce((o, k) => o[k] as Json, copy);
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
};

describe('recorded containers', () => {
  test('a running one, with networks, volumes and a port left to chance', () => {
    expect(instance(recorded('js7-controller-primary'))).toEqual({
      engineId: 'docker-a',
      id: '831c218b2217ad679e75716ff1f23eb7e5050fa0c6b89cd496fc13240079d38f',
      name: 'js7-controller-primary',
      hostname: 'primary-host',
      image: { ref: 'js7-emulated:1', digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
      state: 'running',
      oomKilled: false,
      createdAt: expect.any(Number),
      startedAt: expect.any(Number),
      restartPolicy: { name: 'on-failure', maxRetries: 3 },
      autoRemove: false,
      user: '1000:0',
      env: { RUN_JS_ID: 'controller', ODD: 'a=b', PATH: '/bin' },
      labels: { 'com.docker.compose.project': 'js7' },
      mounts: [
        { kind: 'bind', source: '/etc/hostname', target: '/etc/outside', readOnly: true },
        { kind: 'volume', source: 'js7-primary-var', target: '/var/sos-berlin.com/js7/controller', readOnly: false },
      ],
      networks: [{ network: 'js7net', aliases: ['controller', 'primary-host'], ip: '10.99.7.20', fixedIp: '10.99.7.20' }],
      ports: [
        { inside: 4443, hostIp: '0.0.0.0', outside: 32768 },
        { inside: 4443, hostIp: '::', outside: 32768 },
        { inside: 4444, hostIp: '127.0.0.1', outside: 15444 },
      ],
    });
  });

  test('one that ended, and one that never ran', () => {
    const exited = instance(recorded('js7-exited'));
    expect(exited).toMatchObject({
      state: 'exited',
      exitCode: 7,
      startedAt: expect.any(Number),
      finishedAt: expect.any(Number),
      restartPolicy: { name: 'no' },
    });
    const created = instance(recorded('js7-created'));
    expect(created).toMatchObject({ state: 'created', autoRemove: true, ports: [{ inside: 4444, hostIp: '127.0.0.1', outside: 15445 }] });
    for (const absent of ['exitCode', 'startedAt', 'finishedAt']) expect(created).not.toHaveProperty(absent);
    expect(created.mounts).toEqual([{ kind: 'volume', source: expect.stringMatching(/^[0-9a-f]{64}$/), target: '/anon', readOnly: false }]);
  });
});

describe('what other engines say', () => {
  const base = recorded('js7-controller-primary');

  test('a state we do not know is unknown, and so is none', () => {
    expect(instance(changed(base, 'State.Status', 'hibernating')).state).toBe('unknown');
    expect(instance(changed(base, 'State.Status', undefined)).state).toBe('unknown');
  });
  test('a running container has no exit code and no end, though Docker writes them', () => {
    const again = changed(changed(base, 'State.FinishedAt', '2026-11-24T10:00:00.123456789Z'), 'State.ExitCode', 0);
    expect(instance(again)).not.toHaveProperty('finishedAt');
    expect(instance(again)).not.toHaveProperty('exitCode');
    expect(instance(again).endedBefore).toBe(Date.UTC(2026, 10, 24, 10, 0, 0, 123));
    expect(instance(changed(again, 'State.Status', 'exited'))).not.toHaveProperty('endedBefore');
    expect(instance(changed(again, 'State.Status', 'exited'))).toMatchObject({
      exitCode: 0,
      finishedAt: Date.UTC(2026, 10, 24, 10, 0, 0, 123),
    });
    expect(instance(changed(again, 'State.Status', 'restarting'))).toMatchObject({ state: 'restarting', exitCode: 0 });
  });
  test('fields that are null or missing in older or newer engines', () => {
    const bare = changed(base, 'NetworkSettings', null);
    for (const path of [
      'Config.Env',
      'Config.Labels',
      'Config.User',
      'HostConfig.RestartPolicy',
      'HostConfig.PortBindings',
      'Mounts',
      'State.OOMKilled',
    ]) {
      expect(() => instance(changed(bare, path, null))).not.toThrow();
      expect(() => instance(changed(bare, path, undefined))).not.toThrow();
    }
    expect(instance(changed(base, 'HostConfig.RestartPolicy', { Name: '' })).restartPolicy).toEqual({ name: 'no' });
    expect(instance(changed(base, 'Config.Env', ['EMPTY=', 'NO_SIGN', 'EQUALS==='])).env).toEqual({ EMPTY: '', NO_SIGN: '', EQUALS: '==' });
  });
  test('an unknown mount type is told as other, an image store digest stays', () => {
    const mounts = [
      { Type: 'tmpfs', Source: '', Destination: '/t', RW: true },
      { Type: 'cluster', Name: 'c', Source: '/c', Destination: '/c', RW: true },
    ];
    expect(instance(changed(base, 'Mounts', mounts)).mounts.map((m) => m.kind)).toEqual(['other', 'other']);
  });
  test('UDP ports are left out', () => {
    const udp = changed(base, 'HostConfig.PortBindings', {
      '53/udp': [{ HostIp: '', HostPort: '53' }],
      '4444/tcp': [{ HostIp: '', HostPort: '4444' }],
    });
    expect(instance(changed(udp, 'NetworkSettings.Ports', {})).ports).toEqual([{ inside: 4444, hostIp: '0.0.0.0', outside: 4444 }]);
  });
  test('an answer without an id or a name is refused', () => {
    for (const path of ['Id', 'Name', 'State', 'Config', 'HostConfig'])
      expect(inspectSchema.safeParse(changed(base, path, undefined)).success).toBe(false);
  });
});

test.each([
  ['0001-01-01T00:00:00Z', undefined],
  ['', undefined],
  [null, undefined],
  ['nonsense', undefined],
  ['2026-11-24T11:36:41.123456789Z', Date.UTC(2026, 10, 24, 11, 36, 41, 123)],
  ['2026-11-24T12:36:41+01:00', Date.UTC(2026, 10, 24, 11, 36, 41)],
])('the time %s', (text, at) => expect(timeFrom(text)).toBe(at));
