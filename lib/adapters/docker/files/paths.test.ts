import { expect, test } from 'vitest';
import { inspectSchema } from '../instance';
import { placeOf } from './paths';

const mount = (Destination: string, RW = true, Type = 'volume') => ({ Type, Name: 'v', Source: '/s', Destination, RW });
const container = inspectSchema.parse({
  Id: 'id',
  Name: '/c',
  Created: '2026-01-01T00:00:00Z',
  Image: 'sha256:0',
  State: {},
  Config: {},
  HostConfig: {},
  Mounts: [mount('/var/data'), mount('/var/data/config', false), mount('/bind', true, 'bind'), mount('/scratch', true, 'tmpfs')],
});

test.each([
  ['/var/data', '/var/data', false],
  ['/var/data/', '/var/data', false],
  ['/var/data//state/./x/', '/var/data/state/x', false],
  ['/var/data/a/../b', '/var/data/b', false],
  ['/var/data/config/x', '/var/data/config/x', true],
  ['/var/data/configuration', '/var/data/configuration', false],
  ['/bind/x', '/bind/x', false],
])('%j lies in a volume', (path, clean, readOnly) =>
  expect(placeOf(container, path)).toEqual({ ok: true, value: { path: clean, readOnly } }),
);

test.each(['/', '', '.', 'var/data/x', '/var/data2', '/var/data/../x', '/var', '/scratch/x', '/var/data/\0', '../var/data'])(
  '%j lies in none',
  (path) => expect(placeOf(container, path)).toMatchObject({ ok: false, error: { code: 'PATH_NOT_IN_VOLUME' } }),
);
