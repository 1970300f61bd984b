import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { helperMounts } from './helper-mounts';
import { inspectSchema } from './instance';

const recorded = (name: string) =>
  inspectSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'testing/recorded', `${name}.json`), 'utf8')));

test('volumes are mounted by name and never filled from the image; bind mounts keep their source; read-only stays read-only', () => {
  expect(helperMounts(recorded('js7-controller-primary'), '', false)).toEqual([
    {
      Type: 'volume',
      Source: 'js7-primary-var',
      Target: '/var/sos-berlin.com/js7/controller',
      ReadOnly: false,
      VolumeOptions: { NoCopy: true },
    },
    { Type: 'bind', Source: '/etc/hostname', Target: '/etc/outside', ReadOnly: true },
  ]);
  expect(helperMounts(recorded('js7-controller-primary'), '/handover/a', true).map((m) => [m.Target, m.ReadOnly])).toEqual([
    ['/handover/a/var/sos-berlin.com/js7/controller', true],
    ['/handover/a/etc/outside', true],
  ]);
});

test('an anonymous volume is mounted by its name: else Docker would remove it with the helper', () => {
  expect(helperMounts(recorded('js7-created'), '', false)).toMatchObject([
    { Type: 'volume', Source: expect.stringMatching(/^[0-9a-f]{64}$/), Target: '/anon' },
  ]);
});

test('a part of a volume is mounted as that part; what cannot be shared is left out', () => {
  const base = recorded('js7-controller-primary');
  const part = { ...base, HostConfig: { ...base.HostConfig, Mounts: [{ Target: '/data', VolumeOptions: { Subpath: 'sub' } }] } };
  const mounts = [
    { Type: 'volume', Name: 'v', Source: '/x', Destination: '/data', RW: true },
    { Type: 'tmpfs', Source: '', Destination: '/tmp', RW: true },
  ];
  expect(helperMounts({ ...part, Mounts: mounts }, '', false)).toEqual([
    { Type: 'volume', Source: 'v', Target: '/data', ReadOnly: false, VolumeOptions: { NoCopy: true, Subpath: 'sub' } },
  ]);
});
