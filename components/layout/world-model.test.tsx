import { expect, test } from 'vitest';
import { worldOf } from './world-model';

const demo = { id: 'demo', world: 'rehearsal' } as const;
const shop = { id: 'shop', world: 'docker' } as const;
const made = { kind: 'rehearsal' } as const;
const real = { kind: 'socket' } as const;

test('a page of a real cluster is never called a rehearsal, one of a rehearsal always', () => {
  expect(worldOf('/clusters/shop', [demo, shop], [made, real])).toBe('docker');
  expect(worldOf('/clusters/shop/switch-over', [demo, shop], [made, real])).toBe('docker');
  expect(worldOf('/clusters/demo', [demo, shop], [made, real])).toBe('rehearsal');
});

test('elsewhere all is made up only as long as no engine and no cluster is real', () => {
  expect(worldOf('/', [demo], [made, made])).toBe('rehearsal');
  expect(worldOf('/', [demo], [made, real])).toBe('both');
  expect(worldOf('/settings', [demo, shop], [made])).toBe('both');
  expect(worldOf('/clusters/new', [demo], [made, real])).toBe('both');
  expect(worldOf('/', undefined, undefined)).toBe('both');
});
