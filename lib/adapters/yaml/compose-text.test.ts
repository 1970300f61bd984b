import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { composeText } from './compose-text';

const file = {
  services: { a: { restart: 'no', environment: { RUN_JS_USER_ID: '1001:0', N: '010' }, ports: ['127.0.0.1:22:22'], volumes: ['a:/b'] } },
};

test('reads back as it was meant, in both versions of YAML', () => {
  const text = composeText({ head: ['first', 'second'], file });
  expect(text.split('\n').slice(0, 2)).toEqual(['# first', '# second']);
  expect(text).not.toContain('%YAML');
  for (const version of ['1.1', '1.2'] as const) expect(parse(text, { version })).toEqual(file);
});
