'use client';
import { CircleCheck, CirclePlay, CircleStop, FileText, GraduationCap, type LucideIcon, Settings, Siren, Unplug, User } from 'lucide-react';
import { useState } from 'react';
import { useTimeline } from '@/lib/client/use-timeline';
import type { TimelineEvent } from '@/lib/domain/cluster/view';
import type { Message, Param } from '@/lib/domain/text/message';
import { Text } from '../text/text';
import { Time } from '../text/time';
import { Button } from '../ui/button';
import { Card, SectionHead } from '../ui/card';
import { cn } from '../ui/classes';
import { ProblemAlert } from '../ui/problem';
import { t } from './t';

const ICON: Record<TimelineEvent['kind'], LucideIcon> = {
  alarm: Siren,
  ok: CircleCheck,
  start: CirclePlay,
  stop: CircleStop,
  lost: Unplug,
  journal: FileText,
  person: User,
  rehearsal: GraduationCap,
  settings: Settings,
};
const SHORT = 8;

/** What changed and what people did, newest first. */
export function Timeline({ id }: { id: string }) {
  const { data, error, hasMore, loadMore } = useTimeline(id);
  const [all, setAll] = useState(false);
  const [busy, setBusy] = useState(false);
  const shown = all ? data : data?.slice(0, SHORT);
  const more = async () => {
    if (!all) return setAll(true);
    setBusy(true);
    await loadMore();
    setBusy(false);
  };
  return (
    <Card aria-labelledby="events">
      <SectionHead id="events" title={t('ui.events')} className="px-5 max-tab:px-4 pt-4" />
      {error && !data && (
        <div className="p-5">
          <ProblemAlert problem={error} />
        </div>
      )}
      {!data && !error && <p className="px-5 max-tab:px-4 py-4 text-ink-2">{t('ui.loading')}</p>}
      {data?.length === 0 && <p className="px-5 max-tab:px-4 py-4 text-ink-2">{t('ui.events.none')}</p>}
      {shown && shown.length > 0 && (
        <ol className="px-5 max-tab:px-4 pt-1 pb-2">
          {shown.map((event) => (
            <Event key={event.id} event={event} />
          ))}
        </ol>
      )}
      {((data && data.length > SHORT && !all) || (all && hasMore)) && (
        <div className="px-3 pb-3">
          <Button variant="quiet" size="s" busy={busy} onClick={() => void more()}>
            {t('ui.events.more')}
          </Button>
        </div>
      )}
    </Card>
  );
}

/** A line tells what was: an engine's silence when it begins ("for 0 s" would be no length), and a time instead of "1 s ago". */
export function ofThatMoment({ message, at }: Pick<TimelineEvent, 'message' | 'at'>): Message {
  const since = message.params?.since;
  const begins = typeof since === 'object' && since.as === 'for' && at - since.value < 1_000;
  if (begins && message.key === 'doubt.engine') return { ...message, key: 'ui.events.engineSilent' };
  const dated = ([name, param]: [string, Param]) => [
    name,
    typeof param === 'object' && param.as === 'ago' ? { ...param, as: 'time' } : param,
  ];
  return message.params ? { ...message, params: Object.fromEntries(Object.entries(message.params).map(dated)) } : message;
}

function Event({ event }: { event: TimelineEvent }) {
  const Icon = ICON[event.kind];
  return (
    <li className="grid grid-cols-[104px_16px_minmax(0,1fr)] max-tab:grid-cols-[16px_minmax(0,1fr)] gap-x-3 py-2 border-t border-line first:border-t-0">
      <span className="text-data text-ink-3 max-tab:col-start-2 max-tab:row-start-1">
        <Time at={event.at} />
      </span>
      <Icon
        aria-hidden
        className={cn(
          'size-4 mt-0.5 text-ink-3 max-tab:row-start-1 max-tab:col-start-1',
          event.kind === 'alarm' && 'text-bad-line!',
          event.kind === 'ok' && 'text-ok-line!',
        )}
      />
      <p className="max-tab:col-start-2 [overflow-wrap:anywhere]">
        <Text of={ofThatMoment(event)} when={event.at} />
        {event.who !== undefined && <span className="text-ink-3"> {t('ui.events.by', { who: event.who })}</span>}
      </p>
    </li>
  );
}
