import { describe, expect, test } from 'vitest';
import type { Instance } from '../instance/instance';
import { en } from '../text/en';
import { plainText } from '../text/format';
import { assertMessages } from '../text/messages.test-support';
import { candidateUrls, discover, EMULATION_LABEL } from './discovery';
import { instance } from './samples.test-support';

const bare = (o: Partial<Instance> = {}): Instance =>
  instance('primary', {
    image: { ref: 'alpine:3', digest: 'sha256:1' },
    env: {},
    mounts: [],
    ports: [],
    networks: [],
    hostname: 'box',
    ...o,
  });
const mount = (target: string) => ({ kind: 'volume' as const, source: 'v', target, readOnly: false });
const words = (o: Instance) => discover(o)?.because.map((m) => plainText(m, en, { zone: 'UTC', now: 0 }));

describe('is it a Controller?', () => {
  test.each<[string, Partial<Instance>]>([
    ['SOS image', { image: { ref: 'sosberlin/js7:controller-2-9-0', digest: '' } }],
    ['SOS image in a registry of their own', { image: { ref: 'registry.example.net:5000/tools/js7:controller-2-5-0', digest: '' } }],
    ['retagged image', { image: { ref: 'acme/js7-controller:latest', digest: '' } }],
    ['emulation', { labels: { [EMULATION_LABEL]: 'controller' } }],
    ['volume of images up to 2.5.1', { mounts: [mount('/var/sos-berlin.com/js7/controller/var')] }],
    ['volume of images from 2.5.2', { mounts: [mount('/var/sos-berlin.com/js7/controller')] }],
    ['three volumes', { mounts: [mount('/var/sos-berlin.com/js7/controller/config'), mount('/var/sos-berlin.com/js7/controller/state')] }],
    ['ID and port', { env: { RUN_JS_ID: 'demo' }, ports: [{ inside: 4444, hostIp: '', outside: 15444 }] }],
  ])('yes: %s', (_what, o) => expect(words(bare(o))?.length).toBeGreaterThan(0));

  test.each<[string, Partial<Instance>]>([
    ['nothing at all', {}],
    ['a port number alone', { ports: [{ inside: 4444, hostIp: '', outside: 4444 }] }],
    [
      'an Agent: same variables, own image',
      { image: { ref: 'sosberlin/js7:agent-2-9-0', digest: '' }, env: { RUN_JS_ID: 'agent', RUN_JS_HTTP_PORT: '4445' } },
    ],
    [
      'JOC Cockpit',
      {
        image: { ref: 'sosberlin/js7:joc-2-9-0', digest: '' },
        env: { RUN_JS_ID: 'joc' },
        ports: [{ inside: 4444, hostIp: '', outside: 1 }],
      },
    ],
    ['an emulated Agent', { image: { ref: 'handover-emulated/js7:agent-2-9-0', digest: '' }, labels: { [EMULATION_LABEL]: 'agent' } }],
    ['an Agent by its folder', { env: { RUN_JS_ID: 'a' }, mounts: [mount('/var/sos-berlin.com/js7/agent')] }],
    ['a game controller', { image: { ref: 'acme/controller:1', digest: '' } }],
  ])('no: %s', (_what, o) => expect(discover(bare(o))).toBeUndefined());

  test('says why, the ID, and what is worth knowing', () => {
    const found = discover(
      instance('primary', {
        autoRemove: true,
        restartPolicy: { name: 'always' },
        labels: { 'com.docker.compose.project': 'billing', 'com.centurylinklabs.watchtower.enable': 'true' },
      }),
    );
    expect(found?.controllerId).toBe('demo');
    expect(found?.emulation).toBe(false);
    expect(found?.hints.map((m) => m.key)).toEqual(['hint.auto-remove', 'hint.compose', 'hint.updater', 'hint.restart-policy']);
    expect(words(instance('primary'))).toEqual([
      'image sosberlin/js7:controller-2-9-0',
      'volume at /var/sos-berlin.com/js7/controller',
      'environment variable RUN_JS_ID',
      'port 4444',
    ]);
    assertMessages(found);
  });
});

describe('where may it be reached?', () => {
  const url = (o: Partial<Instance>, host?: string) => candidateUrls(bare({ hostname: '', ...o }), host);
  test('published ports first: on this machine for a local socket, on the engine’s host otherwise', () => {
    const ports = [{ inside: 4444, hostIp: '0.0.0.0', outside: 15444 }];
    expect(url({ ports, networks: [{ network: 'js7', aliases: ['js7-a'], ip: '172.18.0.2' }] })).toEqual([
      'http://127.0.0.1:15444',
      'http://172.18.0.2:4444',
      'http://js7-a:4444',
    ]);
    expect(url({ ports }, 'docker-a.example.net')).toEqual(['http://docker-a.example.net:15444']);
  });
  test('a port on the loopback of another host is none', () => {
    const ports = [{ inside: 4444, hostIp: '127.0.0.1', outside: 15444 }];
    expect(url({ ports })).toEqual(['http://127.0.0.1:15444']);
    expect(url({ ports }, 'docker-a.example.net')).toEqual([]);
  });
  test('a port bound to one address', () =>
    expect(url({ ports: [{ inside: 4444, hostIp: '10.0.0.5', outside: 15444 }] }, 'docker-a')).toEqual(['http://10.0.0.5:15444']));
  test('IPv6', () => expect(url({ ports: [{ inside: 4444, hostIp: 'fd00::5', outside: 1 }] })).toEqual(['http://[fd00::5]:1']));
  test('ports of the environment, with an interface, HTTPS', () => {
    const networks = [{ network: 'js7', aliases: [], ip: '172.18.0.2' }];
    expect(
      url({
        env: { RUN_JS_HTTP_PORT: '127.0.0.1:5444', RUN_JS_HTTPS_PORT: '5443' },
        networks,
        ports: [{ inside: 5443, hostIp: '', outside: 15443 }],
      }),
    ).toEqual(['https://127.0.0.1:15443', 'http://172.18.0.2:5444', 'https://172.18.0.2:5443']);
    expect(url({ env: { RUN_JS_HTTP_PORT: '', RUN_JS_HTTPS_PORT: 'none' }, networks })).toEqual([]);
  });
  test('4443 is HTTPS', () => expect(url({ ports: [{ inside: 4443, hostIp: '', outside: 15443 }] })).toEqual(['https://127.0.0.1:15443']));
  test('a stopped container has no address, its fixed one counts; nothing twice', () => {
    expect(candidateUrls(bare({ hostname: 'js7-a', networks: [{ network: 'n', aliases: ['js7-a'], fixedIp: '172.18.0.9' }] }))).toEqual([
      'http://172.18.0.9:4444',
      'http://js7-a:4444',
    ]);
  });
});
