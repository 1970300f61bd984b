import { describe, expect, test } from 'vitest';
import { problem } from '../errors';
import type { Instance } from '../instance/instance';
import { explain, type Failed } from './explain';
import type { JocFollow } from './joc';
import type { JocStand, OverlayId, Place } from './networks';
import { proposedUrls } from './urls';
import { waysOf } from './ways';

const net = (network: string, aliases: string[] = [], ip?: string) => ({ network, aliases, ...(ip && { ip }) });
const instance = (name: string, over: Partial<Instance> = {}): Instance =>
  ({
    ...{
      engineId: 'one',
      id: `${name}0123456789ab`,
      name,
      hostname: name,
      image: { ref: 'sosberlin/js7:controller-2-9-0', digest: 'd' },
      state: 'running',
    },
    ...{
      env: {},
      labels: {},
      mounts: [],
      networks: [net('js7', ['0123456789ab', name], '172.18.0.5')],
      ports: [{ inside: 4444, outside: 15444, hostIp: '0.0.0.0' }],
    },
    ...over,
  }) as Instance;
const HERE = { own: ['docker-a'], local: true };
const THERE = { own: ['docker-b'], reached: 'b.example', local: false };
const place = (i: Instance | undefined, over: Partial<Place> = {}): Place => ({
  ...(i && { instance: i }),
  accessUrl: 'http://127.0.0.1:15444',
  host: HERE,
  ...over,
});
const none: OverlayId = () => undefined;
const overlay: OverlayId = (_e, n) => (n === 'swarm' ? 'id-of-swarm' : undefined);
const JOC = instance('joc', { networks: [net('js7', ['joc'])], ports: [{ inside: 4446, outside: 14446, hostIp: '0.0.0.0' }] });
const inside = (container: Instance = JOC, o: OverlayId = none): JocStand => ({ container, here: false, overlay: o });
const outside = (here: boolean): JocStand => ({ here, overlay: none });

describe('proposed URLs', () => {
  const urls = (p: Place, joc: JocStand, except?: string) => proposedUrls(p, joc, except).map((x) => x.url);
  test.each<[string, Place, JocStand, string[]]>([
    [
      'JOC in the same network: names, then the published port by the name of the host, then the address',
      place(instance('p')),
      inside(),
      ['http://p:4444', 'http://docker-a:15444', 'http://172.18.0.5:4444'],
    ],
    [
      'a compose service comes before the container’s name, an id of Docker’s is none',
      place(
        instance('proj-p-1', {
          labels: { 'com.docker.compose.service': 'p' },
          networks: [net('js7', ['abcdef012345', 'proj-p-1', 'p', 'extra'])],
        }),
      ),
      inside(),
      ['http://p:4444', 'http://proj-p-1:4444', 'http://extra:4444', 'http://docker-a:15444'],
    ],
    ['another network on the same engine', place(instance('p', { networks: [net('other', ['p'])] })), inside(), ['http://docker-a:15444']],
    [
      'the same name of a network on another engine is another network',
      place(instance('p', { engineId: 'two' }), { host: THERE, accessUrl: 'http://b.example:15444' }),
      inside(),
      ['http://b.example:15444', 'http://docker-b:15444'],
    ],
    [
      'an overlay network reaches over engines',
      place(instance('p', { engineId: 'two', networks: [net('swarm', ['p'])], ports: [] }), { host: THERE }),
      inside({ ...JOC, networks: [net('swarm')] }, overlay),
      ['http://p:4444'],
    ],
    [
      'Docker’s own bridge knows no names, only addresses',
      place(instance('p', { networks: [net('bridge', [], '172.17.0.4')], ports: [] })),
      inside({ ...JOC, networks: [net('bridge')] }),
      ['http://172.17.0.4:4444'],
    ],
    [
      'HTTPS beside HTTP',
      place(instance('p', { env: { RUN_JS_HTTPS_PORT: '4443' }, ports: [] })),
      inside(),
      ['http://p:4444', 'https://p:4443', 'http://172.18.0.5:4444', 'https://172.18.0.5:4443'],
    ],
    [
      'bound to the host’s loopback: not for a container',
      place(instance('p', { networks: [], ports: [{ inside: 4444, outside: 15444, hostIp: '127.0.0.1' }] })),
      inside(),
      [],
    ],
    [
      '… but for a JOC on that host',
      place(instance('p', { networks: [], ports: [{ inside: 4444, outside: 15444, hostIp: '127.0.0.1' }] })),
      outside(true),
      ['http://127.0.0.1:15444'],
    ],
    ['JOC on the host of Handover', place(instance('p')), outside(true), ['http://127.0.0.1:15444', 'http://docker-a:15444']],
    ['JOC nobody knows where: Handover’s own loopback is none of its', place(instance('p')), outside(false), ['http://docker-a:15444']],
    ['nothing is known of the container', place(undefined, { accessUrl: 'http://ctl:4444/' }), inside(), ['http://ctl:4444']],
  ])('%s', (_what, p, joc, expected) => expect(urls(p, joc)).toEqual(expected));
  test('another spelling of the same name, where JOC resolves it and Java takes it', () => {
    const spelt = (p: Place, joc: JocStand) => proposedUrls(p, joc, undefined, true).map((x) => x.url);
    expect(spelt(place(instance('p')), inside()).slice(0, 2)).toEqual(['http://p:4444', 'http://p.js7:4444']);
    const composed = instance('p', { networks: [net('proj_default', ['p'])], ports: [] });
    expect(spelt(place(composed), inside({ ...JOC, networks: [net('proj_default')] }))).toEqual(['http://p:4444']);
    expect(spelt(place(instance('p')), outside(false))).toEqual(['http://docker-a:15444']);
  });
  test('the stable name is no address of one of them', () => {
    expect(urls(place(instance('p', { networks: [net('js7', ['p', 'billing-live'])], ports: [] })), inside(), 'billing-live')).toEqual([
      'http://p:4444',
    ]);
  });
});

describe('ways', () => {
  const ways = (p: Instance | undefined, s: Instance | undefined, joc = inside(), follow?: JocFollow, more: Instance[] = []) => {
    const found = waysOf({
      joc,
      primary: place(p),
      ...(s !== undefined && { secondary: place(s) }),
      controllerId: 'Billing_1',
      instances: [...(p ? [p] : []), ...(s ? [s] : []), ...more],
      ...(follow && { follow }),
    });
    return { first: found.ways[0]?.kind, name: found.ways.find((w) => w.kind === 'name')?.note.key, alias: found.alias };
  };
  const p = instance('p');
  const s = instance('s', { state: 'exited' });
  test('the stable name first, where one network is shared by all three', () => {
    expect(ways(p, s)).toEqual({
      first: 'name',
      name: 'reg.way.name',
      alias: { alias: 'billing-1-live', network: 'js7', url: 'http://billing-1-live:4444', carried: 'nobody' },
    });
  });
  test('who carries it; and a name that one has and that is meant so', () => {
    const carrying = instance('s', { networks: [net('js7', ['s', 'js7-active', 'reports'])] });
    expect(ways(p, carrying).alias).toMatchObject({ alias: 'js7-active', carried: 'secondary' });
  });
  test('a name that only holds such a word as a part of another is not meant so', () => {
    const carrying = instance('s', { networks: [net('js7', ['s', 'delivery', 'olive', 'interactive'])] });
    expect(ways(p, carrying).alias).toMatchObject({ alias: 'billing-1-live', carried: 'nobody' });
  });
  test('a name that somebody has already is not proposed; the registered one is', () => {
    const taken = instance('x', { networks: [net('js7', ['billing-1-live'])] });
    expect(ways(p, s, inside(), undefined, [taken]).alias?.alias).toBe('billing-1-live-2');
    expect(ways(p, s, inside(), { kind: 'name', url: 'http://n:4444', alias: 'n', network: 'js7' }).alias?.alias).toBe('n');
  });
  test.each<[string, Instance | undefined, Instance | undefined, JocStand, string]>([
    ['JOC’s container is not known', p, s, outside(true), 'reg.way.name.where'],
    ['a container is not seen', undefined, s, inside(), 'reg.way.name.unseen'],
    ['no network for all', instance('p', { networks: [net('other')] }), s, inside(), 'reg.way.name.network'],
    [
      'Docker’s own bridge',
      instance('p', { networks: [net('bridge')] }),
      instance('s', { networks: [net('bridge')] }),
      inside({ ...JOC, networks: [net('bridge')] }),
      'reg.way.name.network',
    ],
    ['two hosts', p, instance('s', { engineId: 'two' }), inside(), 'reg.way.name.hosts'],
    ['different ports inside', p, instance('s', { env: { RUN_JS_HTTP_PORT: '5555' } }), inside(), 'reg.way.name.ports'],
  ])('not possible: %s', (_what, a, b, joc, key) => expect(ways(a, b, joc)).toEqual({ first: 'update', name: key, alias: undefined }));
  test('one Controller alone', () => expect(ways(p, undefined).first).toBe('name'));
});

describe('why a URL does not work', () => {
  const noResponse = problem('JOC_CONNECTION', 'JOC does not reach it.', {
    detail: 'JOC-405 ControllerNoResponseException: JS-URL: u/controller/api',
  });
  const p = instance('p');
  const failed = (url: string, over: Partial<Failed> = {}): Failed => ({
    url,
    joc: noResponse,
    place: place(p),
    instances: [p, JOC],
    stand: inside(),
    proposals: proposedUrls(over.place ?? place(p), over.stand ?? inside()),
    ...over,
  });
  const refused = (
    code:
      | 'CONTROLLER_HTTPS_ON_HTTP'
      | 'CONTROLLER_HTTP_ON_HTTPS'
      | 'CONTROLLER_CERTIFICATE'
      | 'NOT_A_CONTROLLER'
      | 'CONTROLLER_UNREACHABLE',
  ) => problem(code, 'no');
  const off = instance('p', { state: 'exited' });
  test.each<[string, Failed, string, string | undefined]>([
    ['localhost in a container', failed('http://localhost:15444'), 'reg.why.localhost', 'http://p:4444'],
    ['a path below the Controller', failed('http://p:4444/controller'), 'reg.why.path', 'http://p:4444'],
    ['the published port inside', failed('http://p:15444'), 'reg.why.outside-port', 'http://p:4444'],
    ['the inside port outside', failed('http://docker-a:4444'), 'reg.why.inside-port', 'http://docker-a:15444'],
    [
      'a port that is not published',
      failed('http://docker-a:4444', { place: place(instance('p', { ports: [] })) }),
      'reg.why.not-published',
      undefined,
    ],
    ['a stopped container has no name', failed('http://p:4444', { place: place(off), instances: [off] }), 'reg.why.stopped', undefined],
    [
      'a name of another network',
      failed('http://q:4444', { place: place(instance('q', { networks: [net('other', ['q'])] })) }),
      'reg.why.network',
      'http://docker-a:15444',
    ],
    [
      'a name of Docker’s, and JOC is in no known container',
      failed('http://p:4444', { stand: outside(true) }),
      'reg.why.no-container',
      'http://127.0.0.1:15444',
    ],
    [
      'HTTPS on HTTP, as Handover found',
      failed('https://p:4444', { handover: refused('CONTROLLER_HTTPS_ON_HTTP') }),
      'reg.why.https-on-http',
      'http://p:4444',
    ],
    ['HTTPS on HTTP, as Docker tells', failed('https://p:4444'), 'reg.why.https-on-http', 'http://p:4444'],
    [
      'HTTP on HTTPS',
      failed('http://x:9443', { handover: refused('CONTROLLER_HTTP_ON_HTTPS') }),
      'reg.why.http-on-https',
      'https://x:9443',
    ],
    ['a certificate that JOC does not trust', failed('https://x:4443', { handover: 'works' }), 'reg.why.truststore', undefined],
    [
      'a certificate for another name',
      failed('https://x:4443', { handover: refused('CONTROLLER_CERTIFICATE') }),
      'reg.why.certificate',
      undefined,
    ],
    [
      'another Controller',
      failed('http://x:4444', {
        joc: problem('CONTROLLER_ID_DIFFERS', 'other', {
          detail: "JOC-405 X: Connection was successful but Controller ID 'payroll' of URL 'u' is not the expected Controller ID 'billing'",
        }),
      }),
      'reg.why.other-id',
      undefined,
    ],
    [
      'the password of user JOC',
      failed('http://p:4444', { joc: problem('JOC_CONNECTION', '', { detail: 'JOC-400 JocBadRequestException: 401 Unauthorized' }) }),
      'reg.why.password',
      undefined,
    ],
    ['no Controller', failed('http://p:4444', { handover: refused('NOT_A_CONTROLLER') }), 'reg.why.not-controller', undefined],
    [
      'a Controller that is starting',
      failed('http://p:4444', { handover: refused('CONTROLLER_UNREACHABLE'), own: 'silent' }),
      'reg.why.silent',
      undefined,
    ],
    [
      'a wrong port, and the Controller works',
      failed('http://p:4499', { handover: refused('CONTROLLER_UNREACHABLE'), own: 'answers' }),
      'reg.why.nobody-there',
      'http://p:4444',
    ],
    ['a name that nobody knows', failed('http://nobody:4444'), 'reg.why.unknown-name', undefined],
    ['a firewall', failed('http://docker-a:15444', { handover: 'works' }), 'reg.why.firewall', undefined],
    ['no address', failed('p:4444'), 'reg.why.no-url', undefined],
    ['nothing that we know', failed('http://172.18.0.5:4444'), 'reg.why.unknown', undefined],
  ])('%s', (_what, f, key, next) => {
    const { why, next: tries } = explain(f);
    expect(why.map((m) => m.key)).toContain(key);
    expect(why[0]?.key).toBe(key);
    if (next !== undefined) expect(tries[0]?.url).toBe(next);
    expect(tries.map((t) => t.url)).not.toContain(f.url);
  });
  test('that the Controller is silent is said only where it is, not where only the tested URL leads nowhere', () => {
    const at = (own?: Failed['own']) =>
      explain(failed('http://localhost:4499', { handover: refused('CONTROLLER_UNREACHABLE'), ...(own && { own }) })).why.map((m) => m.key);
    expect(at('answers')).toEqual(['reg.why.localhost', 'reg.why.nobody-there']);
    expect(at('silent')).toEqual(['reg.why.localhost', 'reg.why.silent']);
    expect(at()).toEqual(['reg.why.localhost']);
  });
});
