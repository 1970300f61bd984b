import { expect, test } from 'vitest';
import { placeAsked } from './site';

test.each([
  ['/clusters/demo?logs=primary', '/clusters/demo?logs=primary'],
  ['/clusters/demo?logs=primary&_rsc=1a2b3', '/clusters/demo?logs=primary'],
  ['/?_rsc=1a2b3', '/'],
  ['/settings', '/settings'],
  ['/clusters/demo?q=a%20b%26c', '/clusters/demo?q=a+b%26c'],
])('%s: after the login people are where they wanted to be', (asked, place) => {
  expect(placeAsked(new URL(asked, 'http://localhost'))).toBe(place);
});
