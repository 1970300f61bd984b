'use client';
import type { ReactNode } from 'react';
import type { Freshness as Fresh } from '@/lib/domain/cluster/view';
import type { Message } from '@/lib/domain/text/message';
import { Text } from '../text/text';
import { Facts } from '../ui/facts';
import { Freshness } from '../ui/freshness';
import { t } from './t';

/** What one source says, and how old that is. Sources are never merged. */
export function SaysBlock({
  title,
  freshness,
  error,
  note,
  disk,
  below,
  children,
}: {
  title: string;
  freshness: Fresh;
  error?: Message | undefined;
  note?: string | undefined;
  /** Read from the volumes: only while the container is stopped, and then it keeps. */
  disk?: boolean;
  /** After the facts, at their full width. */
  below?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="says px-5 max-tab:px-4 py-3 border-t border-line last:pb-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-2 mb-1.5">
        <h4 className="text-meta font-semibold text-ink-2">{title}</h4>
        <Freshness of={freshness} {...(disk === true && { steady: true, notExpected: t('ui.fresh.whenStopped') })} />
      </div>
      {error && (
        <p className="mb-1.5 text-data text-bad [overflow-wrap:anywhere]">
          <Text of={error} />
        </p>
      )}
      {note !== undefined ? <p className="text-data text-ink-2">{note}</p> : <Facts>{children}</Facts>}
      {below}
    </div>
  );
}
