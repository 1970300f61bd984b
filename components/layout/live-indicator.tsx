'use client';
import { CircleQuestionMark, Radio, RefreshCw } from 'lucide-react';
import { liveState } from '@/lib/client/live-state';
import { useLive } from '@/lib/client/use-live';
import { m, t } from '../text/t';
import { Text } from '../text/text';
import { useNow } from '../text/viewer';

/** How fresh the whole page is. Read out when the state changes, never as the seconds pass. */
export function LiveIndicator() {
  const live = useLive();
  const now = useNow();
  const said = live.state === 'live' ? t('ui.live.yes') : live.state === 'polling' ? t('ui.live.polling') : t('ui.live.lost');
  return (
    <span className="inline-flex items-center justify-end gap-1.5 min-w-0 tab:min-w-26">
      {live.state === 'live' && <Radio aria-hidden className="size-3.5 flex-none text-ok" />}
      {live.state === 'polling' && <RefreshCw aria-hidden className="size-3.5 flex-none text-warn" />}
      {live.state === 'lost' && <CircleQuestionMark aria-hidden className="size-3.5 flex-none text-unk" />}
      <span className={live.state === 'live' ? undefined : live.state === 'polling' ? 'text-warn font-semibold' : 'text-unk font-semibold'}>
        <Text
          of={
            live.state === 'live'
              ? m('ui.live.ago', { n: Math.max(0, age(now)) })
              : m(live.state === 'polling' ? 'ui.live.pollingSince' : 'ui.live.lostSince', { at: { as: 'time', value: live.since } })
          }
        />
      </span>
      <span role="status" className="sr-only">
        {said}
      </span>
    </span>
  );
}

/** Whole seconds since the server was last heard; the store changes it without rendering, the tick of `now` reads it. */
function age(now: number): number {
  const { lastAt } = liveState.get();
  return lastAt === 0 ? 0 : Math.round((Math.min(now, Date.now()) - lastAt) / 1000);
}
