import { expect, test } from 'vitest';
import type { CallFailure } from '@/lib/client/fetcher';
import { inLabels } from './labels';

const refused = (fields: Record<string, string>, more: Partial<CallFailure> = {}): CallFailure =>
  ({ code: 'BAD_REQUEST', message: 'As the API says it.', where: '', status: 400, fields, ...more }) as CallFailure;

test('a refused field is called as it is called in the form', () => {
  expect(inLabels(refused({ 'primary.access.url': 'No address' })).message).toBe('URL of the Primary: No address.');
  expect(inLabels(refused({ name: 'Too long.', 'secondary.access.password': 'Missing' })).message).toBe(
    'Name of the cluster: Too long. Secondary, Password: Missing.',
  );
});

test('what the form does not name, and any other refusal, stays as it was told', () => {
  expect(inLabels(refused({ 'primary.engineId': 'Missing', name: 'Missing' })).message).toBe('As the API says it.');
  expect(inLabels(refused({ name: 'Taken' }, { code: 'CONFLICT' })).message).toBe('As the API says it.');
  expect(inLabels(refused({})).message).toBe('As the API says it.');
});
