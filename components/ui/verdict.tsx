import { CircleCheck, CircleQuestionMark, LoaderCircle, type LucideIcon, OctagonAlert, Search, Siren, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Tone } from '@/lib/domain/cluster/view';
import type { Message } from '@/lib/domain/text/message';
import { Announce } from '../text/announce';
import { cn } from './classes';

export const TONE_ICON: Record<Tone, LucideIcon> = {
  ok: CircleCheck,
  run: LoaderCircle,
  warn: TriangleAlert,
  unknown: CircleQuestionMark,
  bad: OctagonAlert,
  alarm: Siren,
};
const BOX: Record<Tone | 'found', string> = {
  ok: 'bg-surface border-line',
  found: 'bg-surface border-line',
  run: 'bg-surface border-line',
  warn: 'bg-warn-soft border-[color-mix(in_oklab,var(--warn-line)_45%,transparent)]',
  unknown: 'bg-unk-soft border-dashed border-unk-line',
  bad: 'bg-bad-soft border-[color-mix(in_oklab,var(--bad-line)_45%,transparent)]',
  alarm: 'bg-bad-fill border-bad-fill text-on-bad',
};
const MARK: Record<Tone | 'found', string> = {
  ok: 'text-ok-line',
  found: 'text-ok-line',
  run: 'text-run-line turning',
  warn: 'text-warn-line',
  unknown: 'text-unk-line',
  bad: 'text-bad-line',
  alarm: 'text-on-bad',
};
const QUIET = new Set<Tone | 'found'>(['ok', 'run', 'found']);

interface VerdictProps {
  readonly tone: Tone | 'found';
  readonly title: ReactNode;
  readonly why?: ReactNode;
  /** The recommended next action: one button. */
  readonly action?: ReactNode;
  /** Read out when it changes; an alarm at once. */
  readonly news?: readonly Message[];
}

/** The page's first sentence: what is the case, why, and one button. Gets louder as danger grows: surface, tint, solid. Exactly one per page. */
export function Verdict({ tone, title, why, action, news }: VerdictProps) {
  const Icon = tone === 'found' ? Search : TONE_ICON[tone];
  return (
    <section
      aria-labelledby="verdict"
      className={cn(
        'grid grid-cols-[auto_minmax(0,1fr)_auto] max-tab:grid-cols-[auto_minmax(0,1fr)] gap-x-4 max-tab:gap-x-3 gap-y-1 items-start px-6 py-5 max-tab:p-4 border rounded-l',
        BOX[tone],
      )}
    >
      {news && <Announce messages={news} urgent={tone === 'alarm'} />}
      <Icon aria-hidden className={cn('size-7 max-tab:size-6 mt-px', MARK[tone])} />
      <div className="min-w-0">
        <h2 id="verdict" className="text-verdict max-tab:text-[18px] max-tab:leading-6 tracking-[-0.012em] text-pretty">
          {title}
        </h2>
        {why !== undefined && (
          <p
            className={cn('mt-1 max-w-[84ch] text-pretty', QUIET.has(tone) ? 'text-ink-2' : tone === 'alarm' ? 'text-on-bad' : 'text-ink')}
          >
            {why}
          </p>
        )}
      </div>
      {action !== undefined && <div className="self-center flex gap-2 max-tab:col-span-full max-tab:mt-3 max-tab:*:w-full">{action}</div>}
    </section>
  );
}
