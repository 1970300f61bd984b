import { describe, expect, test } from 'vitest';
import { en } from './en';
import { formatAge, formatBytes, formatCount, formatDuration, formatFor, formatTime, plainText } from './format';
import { say, time } from './say';

const NB = '\u00a0';
const s = (text: string) => text.replaceAll('_', NB);

describe('sizes and counts', () => {
  test.each([
    [0, '0_B'],
    [999, '999_B'],
    [1_000, '1.00_kB'],
    [1_840_000_000, '1.84_GB'],
    [2_210_000_000, '2.21_GB'],
    [96_200_000_000, '96.2_GB'],
    [120_000_000_000, '120_GB'],
    [612_000_000, '612_MB'],
    [999_499, '999_kB'],
    [999_600, '1.00_MB'],
    [99_960, '100_kB'],
    [9_996, '10.0_kB'],
    [-5, '0_B'],
    [3e18, '3000_PB'],
  ])('%d bytes = %s', (bytes, text) => expect(formatBytes(bytes)).toBe(s(text)));

  test.each([
    [0, '0'],
    [64, '64'],
    [999, '999'],
    [1_284, '1 284'],
    [48_214, '48 214'],
    [1_234_567, '1 234 567'],
  ])('%d = %s', (n, text) => {
    expect(formatCount(n)).toBe(text.replaceAll(' ', '\u202f'));
  });
});

describe('lengths of time', () => {
  test.each([
    [0, '0_s'],
    [1_449, '1.4_s'],
    [2_000, '2_s'],
    [38_000, '38_s'],
    [98_000, '1_min 38_s'],
    [120_000, '2_min'],
    [668_000, '11_min 8_s'],
    [7_500_000, '2_h 5_min'],
    [273_600_000, '3_d 4_h'],
    [-3, '0_s'],
  ])('%d ms = %s', (ms, text) => expect(formatDuration(ms)).toBe(s(text)));

  test.each([
    [0, '0_s'],
    [38_900, '38_s'],
    [119_999, '119_s'],
    [120_000, '2_min'],
    [960_000, '16_min'],
    [7_200_000, '2_h'],
    [200_000_000, '2_d'],
  ])('for %d ms = %s', (ms, text) => {
    expect(formatFor(ms)).toBe(s(text));
  });

  test.each([
    [-5_000, 'just now'],
    [400, 'just now'],
    [2_400, '2_s ago'],
    [960_000, '16_min ago'],
  ])('age %d ms = %s', (ms, text) => expect(formatAge(ms)).toBe(s(text)));
});

describe('points in time', () => {
  const now = Date.UTC(2026, 10, 24, 2, 13, 0);
  test.each([
    [Date.UTC(2026, 10, 24, 2, 12, 4), 'Europe/Berlin', '03:12:04'],
    [Date.UTC(2026, 10, 24, 2, 12, 4), 'UTC', '02:12:04'],
    // Still the day before in New York, for both.
    [Date.UTC(2026, 10, 23, 23, 0, 0), 'America/New_York', '18:00:00'],
    [Date.UTC(2026, 10, 23, 23, 0, 0), 'UTC', '23 Nov, 23:00'],
    [Date.UTC(2026, 10, 12, 5, 14, 0), 'Europe/Berlin', '12 Nov, 06:14'],
    [Date.UTC(2025, 0, 2, 12, 0, 0), 'UTC', '2 Jan 2025, 12:00'],
  ])('%d in %s = %s', (at, zone, text) => expect(formatTime(at, { zone, now })).toBe(text));

  test('midnight is 00, not 24', () => expect(formatTime(Date.UTC(2026, 10, 24), { zone: 'UTC', now })).toBe('00:00:00'));
});

test('a message as plain text', () => {
  const message = say('next.stop.later', {
    other: 'Secondary',
    started: time(Date.UTC(2026, 10, 24, 2, 2, 11)),
    since: time(Date.UTC(2026, 10, 21, 21, 14, 58)),
  });
  expect(plainText(message, en, { zone: 'Europe/Berlin', now: Date.UTC(2026, 10, 24, 2, 13, 0) })).toBe(
    'It was started later, 03:02:11; the Secondary has worked since 21 Nov, 22:14.',
  );
  expect(plainText({ key: 'no.such.key' }, en, { zone: 'UTC', now: 0 })).toBe('no.such.key');
});
