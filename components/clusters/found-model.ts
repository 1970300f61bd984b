import type { Candidate } from '@/lib/contract/api';
import { idOf, propose } from '../setup/model';
import { t } from '../text/t-later';

/** The sentence about what was found on an engine, and what its button says. */
export function foundWords(candidates: readonly Candidate[]): { title: string; why: string; button: string } {
  const { primary, secondary } = propose(candidates);
  const id = primary && idOf(primary);
  if (!primary) return { title: t('ui.none.title'), why: t('ui.none.why'), button: t('ui.clusters.add') };
  const button = id === undefined ? t('ui.clusters.add') : t('ui.none.add', { id });
  if (secondary) return { title: t('ui.none.pair'), why: id === undefined ? t('ui.none.readOnly') : t('ui.none.pair.why', { id }), button };
  const n = candidates.length;
  return { title: n === 1 ? t('ui.none.single') : t('ui.none.many', { n }), why: t('ui.none.readOnly'), button };
}
