import type { Target } from './form-model';
import { t } from './t';
import { failingFrom, type Tests, testKey } from './test-model';

/** What stands at a field whose URL does not work from where it will be used. */
export function blockError(target: Target | undefined, tests: Tests): string | undefined {
  if (!target || target.notYet !== undefined) return undefined;
  const from = failingFrom(target, tests);
  if (from.length === 0) return undefined;
  if (!from.includes('joc')) return t('ui.reg.test.below.peer');
  const better = tests[testKey(target.which, target.url)]?.answer?.better;
  return t(better && better.tested !== 'block' ? 'ui.reg.test.below.better' : 'ui.reg.test.below');
}
