import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { instance } from '../cluster/samples.test-support';
import type { JocFollow } from './joc';
import { addressOf, type LeadFrom, type LeadSide, leadsTo, sameUrl } from './leads';

const side = (slot: 'primary' | 'secondary', o: Partial<LeadSide> = {}): LeadSide => ({
  slot,
  access: { url: slot === 'primary' ? 'http://docker-a:15444' : 'http://docker-b:25444' },
  runs: slot === 'primary' ? 'yes' : 'no',
  hosts: [slot === 'primary' ? 'docker-a' : 'docker-b'],
  instance: instance(slot, {
    networks: [{ network: 'js7', aliases: [slot === 'primary' ? 'one' : 'two', 'both'], ...(slot === 'primary' && { ip: '172.18.0.2' }) }],
    ports: [{ inside: 4444, hostIp: '0.0.0.0', outside: slot === 'primary' ? 15444 : 25444 }],
  }),
  ...o,
});
const BOTH = [side('primary'), side('secondary')];
const NOTHING_KNOWN = BOTH.map(({ instance: _, ...s }) => ({ ...s, access: { url: 'http://elsewhere:1' }, hosts: [] }));
const OUTSIDE: LeadFrom = { inContainer: false };
const update: JocFollow = {
  kind: 'update',
  urls: { primary: ['http://front-a:1'], secondary: ['http://front-b:1', 'http://FRONT-B.example.net:1/'] },
};
const name: JocFollow = { kind: 'name', url: 'http://controller:4444', alias: 'controller', network: 'js7' };
const carrying = (s: LeadSide): LeadSide => ({
  ...s,
  ...(s.instance && { instance: { ...s.instance, networks: [{ network: 'js7', aliases: ['controller'] }] } }),
});

describe('leads to', () => {
  const [a, b] = BOTH as [LeadSide, LeadSide];
  test.each<[string, string, ReturnType<typeof leadsTo>, readonly LeadSide[], LeadFrom]>([
    ['a container’s name, inside port', 'http://js7-primary:4444', 'primary', BOTH, OUTSIDE],
    ['the name of a stopped container', 'http://js7-secondary:4444', 'secondary', BOTH, OUTSIDE],
    ['a container’s name with its network', 'http://js7-primary.js7:4444', 'primary', BOTH, OUTSIDE],
    ['an alias', 'http://two:4444', 'secondary', BOTH, OUTSIDE],
    ['an alias that both carry: only the running one is in the DNS', 'http://both:4444', 'primary', BOTH, OUTSIDE],
    ['an alias that both carry and that run', 'http://both:4444', 'unknown', [a, { ...b, runs: 'yes' }], OUTSIDE],
    ['a name with the outside port', 'http://js7-primary:15444', 'unknown', BOTH, OUTSIDE],
    ['the engine’s host, published port', 'http://DOCKER-B:25444', 'secondary', BOTH, OUTSIDE],
    ['the engine’s host, a port that nobody publishes', 'http://docker-b:9999', 'unknown', BOTH, OUTSIDE],
    ['an address in the network', 'http://172.18.0.2:4444', 'primary', BOTH, OUTSIDE],
    ['what Handover itself uses', 'http://docker-a:15444', 'primary', [side('primary', { hosts: [] }), b], OUTSIDE],
    ['nothing that is known', 'http://js7-primary:4444', 'unknown', NOTHING_KNOWN, OUTSIDE],
    ['a path: no Controller is there', 'http://js7-primary:4444/controller', 'unknown', BOTH, OUTSIDE],
    ['nonsense', 'js7-primary', 'unknown', BOTH, OUTSIDE],
    ['saved spelling', 'http://front-b.example.net:1', 'secondary', NOTHING_KNOWN, { ...OUTSIDE, follow: update }],
    [
      'saved for one, named as the other',
      'http://js7-primary:4444',
      'unknown',
      BOTH,
      { ...OUTSIDE, follow: { kind: 'update', urls: { secondary: ['http://js7-primary:4444'] } } },
    ],
    ['the stable name, on one', 'http://controller:4444', 'secondary', [a, carrying(b)], { ...OUTSIDE, follow: name }],
    ['the stable name, on both, one runs', 'http://controller:4444', 'primary', [carrying(a), carrying(b)], { ...OUTSIDE, follow: name }],
    [
      'the stable name, on both, both run',
      'http://controller:4444',
      'unknown',
      [carrying(a), carrying({ ...b, runs: 'yes' })],
      { ...OUTSIDE, follow: name },
    ],
    ['the stable name, on none', 'http://controller:4444', 'nobody', BOTH, { ...OUTSIDE, follow: name }],
    [
      'the stable name, one not known',
      'http://controller:4444',
      'unknown',
      [carrying(a), NOTHING_KNOWN[1] as LeadSide],
      { ...OUTSIDE, follow: name },
    ],
    [
      'a name in front: only what JOC finds there tells',
      'http://front:1',
      'secondary',
      [
        { ...a, startedAt: 10_000 },
        { ...b, startedAt: 50_000 },
      ],
      { ...OUTSIDE, startedAt: 50_400, follow: { kind: 'front', url: 'http://front:1' } },
    ],
    [
      'both started at once',
      'http://front:1',
      'unknown',
      [
        { ...a, startedAt: 50_000 },
        { ...b, startedAt: 50_100 },
      ],
      { ...OUTSIDE, startedAt: 50_000 },
    ],
    ['a start that is nobody’s', 'http://front:1', 'unknown', [{ ...a, startedAt: 10_000 }], { ...OUTSIDE, startedAt: 50_000 }],
  ])('%s: %s is %s', (_what, url, lead, sides, from) => expect(leadsTo(url, sides, from)).toBe(lead));

  const local = (port: number): LeadSide => side('primary', { access: { url: `http://127.0.0.1:${port}` }, hosts: ['127.0.0.1'] });
  it('localhost is ours only where JOC is not in a container', () => {
    expect(leadsTo('http://localhost:15444', [local(15444)], { inContainer: false })).toBe('primary');
    expect(leadsTo('http://localhost:15444', [local(15444)], { inContainer: true })).toBe('unknown');
  });

  it('never depends on the order of the sides, and is total', () => {
    const urls = fc.constantFrom(
      'http://js7-primary:4444',
      'http://two:4444',
      'http://both:4444',
      'https://controller',
      'http://front-a:1',
      'x',
      '',
      'http://[::1]:15444',
    );
    const any = (slot: 'primary' | 'secondary') =>
      fc
        .record({
          runs: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const),
          known: fc.boolean(),
          startedAt: fc.constantFrom(undefined, 1, 90_000),
        })
        .map(
          ({ runs, known, startedAt }): LeadSide => ({
            ...(known ? side(slot) : (NOTHING_KNOWN.find((s) => s.slot === slot) as LeadSide)),
            runs,
            ...(startedAt !== undefined && { startedAt }),
          }),
        );
    fc.assert(
      fc.property(
        urls,
        any('primary'),
        any('secondary'),
        fc.constantFrom(undefined, update, name),
        fc.constantFrom(undefined, 1, 90_000),
        fc.boolean(),
        (url, a1, b1, follow, startedAt, inContainer) => {
          const from: LeadFrom = { inContainer, ...(follow && { follow }), ...(startedAt !== undefined && { startedAt }) };
          const lead = leadsTo(url, [a1, b1], from);
          expect(['primary', 'secondary', 'nobody', 'unknown']).toContain(lead);
          expect(leadsTo(url, [b1, a1], from)).toBe(lead);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

test.each([
  ['http://A:4444', 'http://a:4444/', true],
  ['http://a', 'http://a:80', true],
  ['https://a', 'https://a:443', true],
  ['http://a:443', 'https://a:443', false],
  ['http://127.0.0.1:1', 'http://localhost:1', false],
  ['http://a:1/controller', 'http://a:1', false],
])('%s and %s: %s', (a, b, same) => expect(sameUrl(a, b)).toBe(same));
test('an address has a host and no path', () => {
  expect(addressOf('http://[::1]:4444')).toEqual({ scheme: 'http', host: '[::1]', port: 4444 });
  for (const bad of ['', 'http://', 'ftp://a', 'http://a/b', 'a:1']) expect(addressOf(bad)).toBeUndefined();
});
