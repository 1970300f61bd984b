/** Results of connection tests: what they mean for the form. Pure. */
import type { UrlTestAnswer, VantageResult } from '@/lib/contract/joc';
import type { Problem } from '@/lib/domain/errors';
import type { Target, Which } from './form-model';

/** What is known of one URL: asked for now, answered, or not to be had. A URL that is typed anew has nothing. */
export interface Tested {
  readonly busy: boolean;
  readonly answer?: UrlTestAnswer;
  readonly failure?: Problem;
}
export type Tests = Readonly<Record<string, Tested>>;
export const testKey = (which: Which, url: string): string => `${which} ${url.trim()}`;

type Result = VantageResult['result'];
const WORST: readonly Result[] = ['block', 'unknown', 'warn', 'pass'];

/** Does the URL work from where it will be used? The worst of those places; undefined = not tested. */
export function resultOf(target: Target, tests: Tests): Result | undefined {
  const answer = tests[testKey(target.which, target.url)]?.answer;
  if (!answer) return undefined;
  const places = answer.results.filter(({ from }) => from !== 'handover' && target.from.includes(from));
  return WORST.find((result) => places.some((place) => place.result === result)) ?? 'unknown';
}

/** Places from which it does not work. */
export const failingFrom = (target: Target, tests: Tests): readonly VantageResult['from'][] =>
  tests[testKey(target.which, target.url)]?.answer?.results.flatMap(({ from, result }) =>
    result === 'block' && from !== 'handover' && target.from.includes(from) ? [from] : [],
  ) ?? [];

/** The targets that do not work although they should by now. */
export const failing = (targets: readonly Target[], tests: Tests): readonly Target[] =>
  targets.filter((target) => target.notYet === undefined && resultOf(target, tests) === 'block');

/** How many of JOC's own URLs JOC reaches. */
export function reached(targets: readonly Target[], tests: Tests): { readonly works: number; readonly of: number } {
  const asked = targets.filter(({ from, notYet }) => notYet === undefined && from.includes('joc'));
  const works = asked.filter((target) => ['pass', 'warn'].includes(resultOf({ ...target, from: ['joc'] }, tests) ?? ''));
  return { works: works.length, of: asked.length };
}

/** Has a Controller refused the standard password of user JOC? Then only a person knows whether JOC was given another one. */
export const refusesJoc = (targets: readonly Target[], tests: Tests): boolean =>
  targets.some(({ which, url }) =>
    tests[testKey(which, url)]?.answer?.accounts.some(({ user, result }) => user === 'JOC' && (result === 'warn' || result === 'block')),
  );

export const isTesting = (targets: readonly Target[], tests: Tests): boolean =>
  targets.some(({ which, url }) => tests[testKey(which, url)]?.busy === true);
/** Not asked yet, or not from every place from which it has to work now. */
export const untested = (targets: readonly Target[], tests: Tests): readonly Target[] =>
  targets.filter(({ which, url, from }) => {
    const { busy, answer } = tests[testKey(which, url)] ?? {};
    return !busy && !from.every((place) => answer?.results.some((r) => r.from === place));
  });
