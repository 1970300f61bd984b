import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  certificateLines,
  hasAccount,
  hideSecrets,
  holdsPrivateKey,
  isKeyFile,
  lineDiff,
  secondaryConf,
  withAccount,
  withoutNodes,
} from './configuration';
import { freeName, freePort, isSecret, labelsFor, secondaryName } from './derive';
import { licenceInLog } from './licence';

describe('keys', () => {
  test.each(['private/https-keystore.p12', 'private/own.key', 'x/id_rsa', 'a.JKS', 'private/https-client-keystore.p12'])(
    '%s is one',
    (path) => expect(isKeyFile(path)).toBe(true),
  );
  test.each(['private/https-truststore.p12', 'license/sos.pem', 'controller.conf', 'private/private.conf', 'lib/js7-license.jar'])(
    '%s is none by its name',
    (path) => expect(isKeyFile(path)).toBe(false),
  );
  test('a text tells it', () => {
    expect(holdsPrivateKey('x\n-----BEGIN EC PRIVATE KEY-----\n')).toBe(true);
    expect(holdsPrivateKey('-----BEGIN PRIVATE KEY-----')).toBe(true);
    expect(holdsPrivateKey('-----BEGIN CERTIFICATE-----\n-----BEGIN PUBLIC KEY-----')).toBe(false);
  });
  test('the certificate carries every name by which it is called', () => {
    const lines = certificateLines(
      {
        hostname: 'b',
        name: 'js7-b',
        url: 'https://10.0.0.7:4443',
        networks: [{ network: 'js7', aliases: ['b', 'pay-b'] }],
        places: { state: '/d/state', config: '/d/config' },
      },
      ['private/https-keystore.p12'],
    ).join('\n');
    expect(lines).toContain('san=dns:b,dns:js7-b,dns:pay-b,ip:10.0.0.7');
    expect(lines).toContain('subjectAltName=DNS:b,DNS:js7-b,DNS:pay-b,IP:10.0.0.7');
  });
});

describe('controller.conf of the Secondary', () => {
  const own = { flag: 'off', nodes: false, publicAccess: false } as const;
  test('the admin’s own text stays byte for byte, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }).filter((t) => !t.includes('>>> Handover') && !/^\s*[{]/.test(t)),
        (text) => {
          const next = secondaryConf(text, own, true);
          expect(next.startsWith(text)).toBe(true);
          expect(next).toContain('is-backup = yes');
          expect(secondaryConf(next, own, true)).toBe(next);
        },
      ),
    );
  });
  test('public access is switched off only where it was on and is not wanted', () => {
    expect(secondaryConf('a = 1\n', { ...own, publicAccess: true }, true)).not.toContain('public = no');
    expect(secondaryConf('a = 1\n', { ...own, publicAccess: true }, false)).toContain('js7.web.server.auth.public = no');
    expect(secondaryConf('a = 1\n', own, false)).not.toContain('public');
  });
  test.each([
    'js7.journal.cluster.nodes {\n  Primary: "http://a"\n  Backup: "http://b"\n}\nx = 1\n',
    'js7.journal.cluster.nodes = { Primary: "http://a", Backup: "http://b" }\nx = 1\n',
    'js7.journal.cluster {\n  nodes = {\n    Primary: "http://a"\n  }\n}\nx = 1\n',
  ])('the nodes become comments: %j', (text) => {
    const next = withoutNodes(text);
    expect(next.split('\n').filter((l) => /http:\/\/a/.test(l) && !/^\s*#/.test(l))).toEqual([]);
    expect(next).toContain('x = 1');
  });
});

test('Handover’s account: put once, replaced, and found again', () => {
  const first = withAccount('js7.auth.users { JOC { } }\n', 'Handover', 'AA');
  expect(hasAccount(first)).toBe(true);
  expect(withAccount(first, 'Handover', 'AA')).toBe(first);
  const second = withAccount(first, 'Handover', 'BB');
  expect(second).not.toContain('AA');
  expect(second).toContain('JOC');
});

test('a difference: the lines around it, and no secret in them', () => {
  expect(lineDiff('a\nb\nc\nd\n', 'a\nb\nX\nc\nd\n')).toEqual([
    { sign: ' ', text: 'a' },
    { sign: ' ', text: 'b' },
    { sign: '+', text: 'X' },
    { sign: ' ', text: 'c' },
    { sign: ' ', text: 'd' },
  ]);
  expect(lineDiff('same\n', 'same\n').filter((l) => l.sign !== ' ')).toEqual([]);
  for (const line of [
    'js7.auth.agents.a.password = "plain:geheim"',
    'x { password: geheim }',
    'a = "plain:geheim"',
    'store-password="geheim"',
  ])
    expect(hideSecrets(line)).not.toContain('geheim');
});

describe('derived', () => {
  test.each([
    ['js7-primary', 'js7-secondary'],
    ['pay-controller-primary-1', 'pay-controller-secondary-1'],
    ['JS7_PRIMARY', 'JS7_SECONDARY'],
    ['controller', 'controller-secondary'],
  ])('%s → %s', (a, b) => expect(secondaryName(a)).toBe(b));
  test('what is free is free, and what is wanted is taken where it is', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 65_535 })), fc.integer({ min: 1024, max: 65_535 }), (list, wanted) => {
        const taken = new Set(list);
        const port = freePort(wanted, taken);
        expect(taken.has(port)).toBe(false);
        if (!taken.has(wanted)) expect(port).toBe(wanted);
      }),
    );
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom('a', 'a-2', 'a-3')), (list) => {
        expect(list).not.toContain(freeName('a', new Set(list)));
      }),
    );
  });
  test('labels and secrets', () => {
    expect(
      labelsFor({
        'com.docker.compose.service': 'x',
        'handover.setup': '1',
        'traefik.http.routers.x': 'y',
        'org.opencontainers.image.title': 't',
      }),
    ).toEqual({
      'org.opencontainers.image.title': 't',
    });
    expect([
      isSecret('DB_PASS', 'x'),
      isSecret('API_KEY', 'x'),
      isSecret('OPTS', '-Djavax.net.ssl.keyStorePassword=x'),
      isSecret('RUN_JS_ID', 'pay'),
    ]).toEqual([true, true, true, false]);
  });
});

test.each([
  [['x', 'ClusterLicenseCheck - Product Name: js7.controller.cluster'], 'proved'],
  [['No licence certificates found', 'using Commercial License. Expiration Date: 2027'], 'proved'],
  [['No license certificates found'], 'not'],
  [['nothing of that'], 'unknown'],
] as const)('the log %j: %s', (lines, known) => expect(licenceInLog(lines)).toBe(known));
