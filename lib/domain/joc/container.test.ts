import { expect, test } from 'vitest';
import type { Instance } from '../instance/instance';
import { findJocContainer } from './container';

const instance = (over: Partial<Instance>): Instance =>
  ({
    engineId: 'one',
    name: 'joc',
    hostname: 'joc',
    image: { ref: 'sosberlin/js7:joc-2-9-0', digest: 'd' },
    state: 'running',
    labels: {},
    mounts: [],
    networks: [],
    ports: [],
    ...over,
  }) as Instance;
const port = (outside: number, hostIp = '0.0.0.0') => ({ inside: 4446, outside, hostIp });
const hosts = (id: string) =>
  id === 'one' ? { own: ['docker-a'], local: true } : { own: ['docker-b'], reached: 'b.example', local: false };

test.each<[string, string, Instance[], string | undefined]>([
  ['a published port of this host', 'http://localhost:14446', [instance({ ports: [port(14446)] })], 'joc'],
  [
    'a published port of another engine, as Handover reaches it',
    'https://b.example:14446',
    [instance({ engineId: 'two', ports: [port(14446)] })],
    'joc',
  ],
  ['… as the engine calls itself', 'http://docker-b:14446', [instance({ engineId: 'two', ports: [port(14446)] })], 'joc'],
  ['localhost is not another engine', 'http://localhost:14446', [instance({ engineId: 'two', ports: [port(14446)] })], undefined],
  ['another port', 'http://localhost:14447', [instance({ ports: [port(14446)] })], undefined],
  ['a name in a network', 'http://js7-joc:4446', [instance({ networks: [{ network: 'n', aliases: ['js7-joc'] }] })], 'joc'],
  ['a container name', 'http://joc:4446', [instance({})], 'joc'],
  [
    'what listens there is no JOC',
    'http://localhost:14446',
    [instance({ image: { ref: 'nginx', digest: 'd' }, ports: [port(14446)] })],
    undefined,
  ],
  [
    'an emulation, by its label',
    'http://localhost:14446',
    [instance({ image: { ref: 'x', digest: 'd' }, labels: { 'org.handover.emulation': 'joc' }, ports: [port(14446)] })],
    'joc',
  ],
  [
    'two that fit',
    'http://localhost:14446',
    [instance({ name: 'a', ports: [port(14446)] }), instance({ name: 'b', ports: [port(14446)] })],
    undefined,
  ],
  [
    'of two the one that runs',
    'http://localhost:14446',
    [instance({ name: 'a', state: 'exited', ports: [port(14446)] }), instance({ name: 'b', ports: [port(14446)] })],
    'b',
  ],
  ['no address', 'nowhere', [instance({})], undefined],
])('%s', (_what, url, instances, found) => {
  expect(findJocContainer(url, instances, hosts)?.name).toBe(found);
});
