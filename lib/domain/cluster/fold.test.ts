import { expect, test } from 'vitest';
import { en } from '../text/en';
import { plainText } from '../text/format';
import { fold } from './fold';
import { disk, exited, NOW, observation, stopped, works, journal } from './samples.test-support';

test('smoke', () => {
  const v = fold(observation(works('primary'), stopped('secondary')), NOW);
  const t = (m: any) => plainText(m, en, { zone: 'UTC', now: NOW });
  console.log(t(v.verdict.title), t(v.verdict.why), v.primary.role, v.secondary?.role, t(v.guard.title), t(v.guard.detail), v.kind, v.status.code);
  const k = fold(observation(stopped('primary', disk({ journal: journal({ ending: 'open' }) }), exited('primary', 137, {}, 38_000)), stopped('secondary')), NOW);
  console.log(t(k.verdict.title), t(k.verdict.why), k.next);
  expect(v.verdict.tone).toBe('ok');
});
