'use client';
import { CircleQuestionMark, Radio, RefreshCw } from 'lucide-react';
import { liveState } from '@/lib/client/live-state';
import { useLive } from '@/lib/client/use-live';
import { m, t } from '../text/t';
import { Text } from '../text/text';
import { useNow } from '../text/viewer';

/** The server says something every 5 s at least. Beyond this a page is not called live, though the stream is not given up yet. */
const QUIET_S = 8;

/** How fresh the whole page is. Read out when the state changes, never as the seconds pass. */
export function LiveIndicator() {
  const live = useLive();
  const now = useNow();
  const seconds = Math.max(0, age(now));
  const state = live.state === 'live' && seconds > QUIET_S ? 'silent' : live.state;
  return (
    <span className="inline-flex items-center justify-end gap-1.5 min-w-0 tab:min-w-26">
      {state === 'live' && <Radio aria-hidden className="size-3.5 flex-none text-ok" />}
      {state === 'polling' && <RefreshCw aria-hidden className="size-3.5 flex-none text-warn" />}
      {(state === 'lost' || state === 'silent') && <CircleQuestionMark aria-hidden className="size-3.5 flex-none text-unk" />}
      <span className={state === 'live' ? undefined : state === 'polling' ? 'text-warn font-semibold' : 'text-unk font-semibold'}>
        <Text
          of={
            state === 'live' || state === 'silent'
              ? m(state === 'live' ? 'ui.live.ago' : 'ui.live.silentFor', { n: seconds })
              : m(state === 'polling' ? 'ui.live.pollingSince' : 'ui.live.lostSince', { at: { as: 'time', value: live.since } })
          }
        />
      </span>
      <span role="status" className="sr-only">
        {t(SAID[state])}
      </span>
    </span>
  );
}

const SAID = { live: 'ui.live.yes', silent: 'ui.live.silent', polling: 'ui.live.polling', lost: 'ui.live.lost' } as const;

/** Whole seconds since the server was last heard, by this browser's clock alone; the store changes it without rendering, the tick of `now` reads it. */
function age(now: number): number {
  const { lastAt } = liveState.get();
  return lastAt === 0 || now === 0 ? 0 : Math.round((Date.now() - lastAt) / 1000);
}
