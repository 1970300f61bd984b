import { expect, test } from 'vitest';
import type { Instance } from '../instance/instance';
import { primaryInstance } from '../setup/facts.test-support';
import { leadsTo } from './leads';

const spare: Instance = {
  ...primaryInstance,
  ...{ id: 's', name: 'spare', hostname: 'spare-host', ports: [{ inside: 4444, hostIp: '127.0.0.1', outside: 15_446 }] },
  networks: [{ network: 'js7', aliases: ['spare-api'] }],
};
test.each<[string, string | undefined, string]>([
  ['http://127.0.0.1:15446', undefined, 'yes'],
  ['http://localhost:15446/', undefined, 'yes'],
  ['http://127.0.0.1:15445', undefined, 'no'],
  ['http://127.0.0.1:15444', undefined, 'no'],
  ['http://spare-api:4444', undefined, 'yes'],
  ['http://spare:4444', undefined, 'yes'],
  ['http://spare-host:15446', undefined, 'no'],
  ['http://js7-pay-primary:4444', undefined, 'no'],
  ['https://proxy.example.com', undefined, 'untold'],
  ['http://host-b:15446', 'host-b', 'yes'],
  ['http://host-b:15444', 'host-b', 'no'],
  // A tunnel to another host may have any port.
  ['http://127.0.0.1:9000', 'host-b', 'untold'],
  ['no address', undefined, 'no'],
])('%s on the engine of %s: %s', (url, host, leads) => {
  expect(leadsTo(url, spare, host, [primaryInstance])).toBe(leads);
});
test('in the network of its host it publishes nothing', () => {
  const onHost: Instance = { ...spare, ports: [], networks: [{ network: 'host', aliases: [] }] };
  expect(leadsTo('http://127.0.0.1:4444', onHost)).toBe('yes');
  expect(leadsTo('http://127.0.0.1:4000', onHost)).toBe('untold');
});
