import { expect, test } from 'vitest';
import { en } from '../domain/text/en';
import { textsIn } from './first-texts';

test('finds the texts of messages at any depth, and nothing else', () => {
  const data = [
    { data: { verdict: { title: { key: 'badge.active' } }, list: [{ key: 'status.Coupled' }, { key: 'no such text' }, null, 3] } },
  ];
  expect(textsIn(data)).toEqual({ 'badge.active': en['badge.active'], 'status.Coupled': en['status.Coupled'] });
});
