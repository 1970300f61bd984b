import { expect, it } from 'vitest';
import { problem } from '../errors';
import { err, ok } from '../result';
import { en } from '../text/en';
import { exited, idleSays, instance, journal, NOW, says } from './samples.test-support';
import { idOf, type Measured, type MemberMeasured, setupChecks } from './setup-checks';

const info = (clockSkewMs = 0) => ok({ version: '27.3.1', apiVersion: '1.47', hostname: 'h', os: 'Debian', rootless: false, clockSkewMs });
const primary: MemberMeasured = {
  slot: 'primary',
  ref: { engineId: 'docker-a', name: 'js7-primary' },
  url: 'http://docker-a:15444',
  engine: info(),
  container: ok(instance('primary')),
  urls: ['http://docker-a:15444'],
  controller: ok(says()),
  access: ok('account'),
};
const secondary: MemberMeasured = {
  slot: 'secondary',
  ref: { engineId: 'docker-b', name: 'js7-secondary' },
  url: 'http://docker-b:15444',
  engine: info(),
  container: ok(exited('secondary')),
  urls: ['http://docker-b:15444'],
  controller: err(problem('CONTROLLER_UNREACHABLE', 'refused.')),
  disk: ok({ state: { kind: 'empty', path: '/s' }, config: { path: '/c', isBackup: true, publicAccess: false }, retired: [] }),
};
function results(m: Partial<Measured> = {}): Record<string, string> {
  const checks = setupChecks({ primary, secondary, strangers: [], ...m });
  for (const c of checks)
    for (const text of [c.title, c.measured, ...(c.remedy ? [c.remedy] : [])]) expect(en[text.key], text.key).toBeDefined();
  for (const c of checks) if (c.result === 'block') expect(c.remedy ?? c.measured.params?.why, c.id).toBeDefined();
  return Object.fromEntries(checks.filter((c) => c.result !== 'pass').map((c) => [`${c.slot ?? 'both'} ${c.id}`, c.result]));
}

it('a good pair passes in everything', () => {
  expect(results()).toEqual({});
  expect(idOf(primary)).toBe('demo');
});
it.each<[string, Partial<Measured>, Record<string, string>]>([
  [
    'engine down',
    { primary: { ...primary, engine: err(problem('ENGINE_UNREACHABLE', 'gone.', { remedy: 'Look.' })) } },
    { 'primary engine': 'block' },
  ],
  ['no such container', { primary: { ...primary, container: ok('absent') } }, { 'primary container': 'block' }],
  ['--rm', { primary: { ...primary, container: ok(instance('primary', { autoRemove: true })) } }, { 'primary survives': 'warn' }],
  ['no volume', { primary: { ...primary, container: ok(instance('primary', { mounts: [] })) } }, { 'primary volume': 'warn' }],
  [
    'silent though it runs',
    { primary: { ...primary, controller: err(problem('CONTROLLER_HTTP_ON_HTTPS', 'It speaks TLS.', { remedy: 'Write https.' })) } },
    { 'primary answers': 'block' },
  ],
  ['answers though it is stopped', { secondary: { ...secondary, controller: ok(says()) } }, { 'secondary answers': 'block' }],
  ['stopped, with an address of another', { secondary: { ...secondary, url: 'http://elsewhere:1' } }, { 'secondary answers': 'warn' }],
  [
    'another Controller at the address',
    { primary: { ...primary, controller: ok(says({ overview: { controllerId: 'other', version: '2.9.0', startedAt: 1 } })) } },
    { 'primary identity': 'block', 'both same-id': 'block' },
  ],
  [
    'password refused',
    { primary: { ...primary, access: err(problem('CONTROLLER_LOGIN_REFUSED', 'No.', { remedy: 'Fix.' })) } },
    { 'primary access': 'block' },
  ],
  ['public', { primary: { ...primary, access: ok('public') } }, { 'primary access': 'warn' }],
  [
    'stopped with public access',
    {
      secondary: {
        ...secondary,
        disk: ok({ state: { kind: 'empty', path: '/s' }, config: { path: '/c', isBackup: true, publicAccess: true }, retired: [] }),
      },
    },
    { 'secondary access': 'warn' },
  ],
  [
    'journal of another Controller',
    {
      secondary: {
        ...secondary,
        disk: ok({
          state: { kind: 'journal', path: '/s', journal: journal({ controllerId: 'other' }) },
          config: { path: '/c', isBackup: true, publicAccess: false },
          retired: [],
        }),
      },
    },
    { 'secondary identity': 'block', 'both same-id': 'block' },
  ],
  [
    'another image',
    { secondary: { ...secondary, container: ok(exited('secondary', 0, { image: { ref: 'x', digest: 'sha256:other' } })) } },
    { 'both same-image': 'warn' },
  ],
  ['clocks apart', { secondary: { ...secondary, engine: info(5000) } }, { 'both clocks': 'warn' }],
  ['the same container twice', { secondary: { ...primary, slot: 'secondary' } }, { 'both twice': 'block' }],
  [
    'the same Docker under two names',
    { secondary: { ...primary, slot: 'secondary', ref: { engineId: 'docker-b', name: 'js7-primary' }, url: 'http://x' } },
    { 'both twice': 'block' },
  ],
  [
    'one address for both',
    { secondary: { ...secondary, url: 'http://docker-a:15444/', urls: ['http://docker-a:15444'] } },
    { 'both answers': 'block' },
  ],
  [
    'two live',
    { secondary: { ...secondary, container: ok(instance('secondary')), controller: ok(says()), access: ok('account') } },
    { 'both one-lives': 'warn' },
  ],
  [
    'another release',
    {
      secondary: {
        ...secondary,
        container: ok(instance('secondary')),
        access: ok('account'),
        controller: ok({ ...idleSays, overview: { controllerId: 'demo', version: '2.8.0', startedAt: NOW } }),
      },
    },
    { 'both same-version': 'warn' },
  ],
  ['in another cluster', { primary: { ...primary, usedBy: 'Payments' } }, { 'primary unused': 'warn' }],
  ['a third copy', { strangers: [{ engineId: 'docker-b', name: 'old' }] }, { 'both third-docker-b-old': 'warn' }],
])('%s', (_name, measured, expected) => expect(results(measured)).toEqual(expected));

it('one volume for both', () => {
  const at = { engineId: 'docker-a', name: 'js7-secondary' };
  const container = ok(exited('secondary', 0, { mounts: instance('primary').mounts }));
  expect(results({ secondary: { ...secondary, ref: at, container } })).toEqual({ 'both volume': 'block' });
});
it('only one', () => {
  expect(setupChecks({ primary, strangers: [] }).map((c) => c.id)).toEqual([
    'engine',
    'container',
    'survives',
    'volume',
    'answers',
    'identity',
    'access',
  ]);
});
