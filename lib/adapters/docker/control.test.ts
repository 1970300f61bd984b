import { expect, test } from 'vitest';
import { takenPort } from './control';

const BEGIN = 'driver failed programming external connectivity on endpoint a (c399):';
test.each([
  [`${BEGIN} Bind for 0.0.0.0:8080 failed: port is already allocated`, '0.0.0.0', '8080'],
  [`${BEGIN} Error starting userland proxy: listen tcp4 127.0.0.1:8080: bind: address already in use`, '127.0.0.1', '8080'],
  [`${BEGIN} failed to bind host port for 0.0.0.0:8080:172.17.0.2:80/tcp: address already in use`, '0.0.0.0', '8080'],
  [`${BEGIN} failed to bind host port 127.0.0.1:8080/tcp: address already in use`, '127.0.0.1', '8080'],
  [`${BEGIN} Bind for :::8080 failed: port is already allocated`, '::', '8080'],
])('the port in "%s"', (words, host, port) => expect(takenPort(words)).toEqual({ host, port }));

test('words without a port, and other words', () => {
  expect(takenPort('Address already in use')).toEqual({});
  expect(takenPort('network js7 not found')).toBeUndefined();
  expect(takenPort('exec: "x": executable file not found in $PATH')).toBeUndefined();
});
