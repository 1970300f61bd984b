'use client';
import { CircleQuestionMark, ClockAlert } from 'lucide-react';
import type { Freshness as Fresh } from '@/lib/domain/cluster/view';
import { STALE_MS } from '@/lib/domain/reading';
import { m, t } from '../text/t';
import { Text } from '../text/text';
import { useNow } from '../text/viewer';
import { cn } from './classes';

export type FreshLook = 'plain' | 'stale' | 'lost';

/**
 * A reading goes on ageing here, whether or not the server is still heard: nothing may look fresh only because nobody
 * told us otherwise. `steady` = what was read does not change by itself (volumes of a stopped container): age alone makes it no worse.
 */
export function freshLook(freshness: Fresh, now: number, steady = false): FreshLook {
  if (freshness.state === 'lost') return 'lost';
  if (freshness.state === 'stale') return 'stale';
  if (freshness.state === 'not-expected' || freshness.state === 'never') return 'plain';
  return !steady && freshness.at !== undefined && now - freshness.at >= STALE_MS ? 'stale' : 'plain';
}

/** How old the facts of a block are. Stands after the heading whose facts were read. */
export function Freshness({ of, steady, notExpected }: { of: Fresh; steady?: boolean; notExpected?: string }) {
  const look = freshLook(of, useNow(), steady);
  return (
    <span
      className={cn(
        'inline-flex items-center gap-1 text-meta',
        look === 'plain' && 'font-normal text-ink-3',
        look === 'stale' && 'text-warn font-semibold',
        look === 'lost' && 'text-unk font-semibold',
      )}
    >
      {look === 'stale' && <ClockAlert aria-hidden className="size-3 flex-none" />}
      {look === 'lost' && <CircleQuestionMark aria-hidden className="size-3 flex-none" />}
      <span>{of.state === 'not-expected' ? (notExpected ?? t('ui.fresh.notExpected')) : words(of)}</span>
    </span>
  );
}

function words({ state, at }: Fresh) {
  if (state === 'never') return t('ui.fresh.never');
  if (at === undefined) return state === 'lost' ? t('ui.fresh.lost') : '';
  return (
    <Text of={m(state === 'lost' ? 'ui.fresh.lostSince' : 'ui.fresh.ago', { at: { as: state === 'lost' ? 'time' : 'ago', value: at } })} />
  );
}
