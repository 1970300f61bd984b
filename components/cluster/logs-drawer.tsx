'use client';
import { ArrowDownToLine, Copy, Pause, Play, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type Logs, useLogs } from '@/lib/client/use-logs';
import type { InstanceView } from '@/lib/domain/cluster/view';
import { t } from '../text/t-later';
import { Time } from '../text/time';
import { Button } from '../ui/button';
import { cn } from '../ui/classes';
import { copy } from '../ui/command';
import { DialogClose, DialogRoot, DrawerBox } from '../ui/dialog';
import { inputClasses } from '../ui/field';
import { filterLines, type LogLevel, levelsOf, plain } from './logs-model';

const LOUD: Record<LogLevel, string> = { error: 'text-bad', warn: 'text-warn' };
const STATE = {
  connecting: 'ui.logs.connecting',
  open: 'ui.logs.open',
  ended: 'ui.logs.ended',
  lost: 'ui.logs.lost',
  failed: 'ui.logs.failed',
} as const;

/** The container log of one instance, live: filter, pause, copy. Follows the end until somebody scrolls up. */
export function LogsDrawer({ clusterId, instance, onClose }: { clusterId: string; instance: InstanceView; onClose: () => void }) {
  const logs = useLogs(clusterId, instance.slot);
  const [filter, setFilter] = useState('');
  const [held, setHeld] = useState<Logs['lines']>();
  const [said, setSaid] = useState('');
  const [atEnd, setAtEnd] = useState(true);
  const box = useRef<HTMLDivElement>(null);
  const all = held ?? logs.lines;
  // The level is read before the filter: a line of a stack trace has it from the one that it follows.
  const leveled = useMemo(() => {
    const levels = levelsOf(all);
    return all.map((line, i) => ({ ...line, text: plain(line.text), level: levels[i] }));
  }, [all]);
  const lines = useMemo(() => filterLines(leveled, filter), [leveled, filter]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when lines come, not when anything else changes
  useEffect(() => {
    if (atEnd && held === undefined) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [lines, atEnd, held]);
  const waiting = held === undefined ? 0 : Math.max(0, (logs.lines.at(-1)?.n ?? 0) - (held.at(-1)?.n ?? 0));
  return (
    <DialogRoot open onOpenChange={(open) => !open && onClose()}>
      <DrawerBox title={t('ui.logs.title', { name: instance.ref.name })} description={t('ui.logs.about')}>
        <div className="flex flex-wrap items-center gap-2 px-5 max-tab:px-4 py-3 border-b border-line">
          <p aria-hidden className="font-semibold text-section mr-2 [overflow-wrap:anywhere]">
            {t('ui.logs.title', { name: instance.ref.name })}
          </p>
          <p role="status" className="text-meta text-ink-3 mr-auto">
            {t(STATE[logs.state])}
          </p>
          <label className="max-tab:w-full">
            <span className="sr-only">{t('ui.logs.filter')}</span>
            <input
              type="search"
              className={cn(inputClasses, 'w-56! max-tab:w-full!')}
              placeholder={t('ui.logs.filter')}
              value={filter}
              onChange={(e) => setFilter(e.target.value)}
            />
          </label>
          <Button aria-pressed={held !== undefined} onClick={() => setHeld(held === undefined ? logs.lines : undefined)}>
            {held === undefined ? <Pause aria-hidden /> : <Play aria-hidden />}
            {held === undefined ? t('ui.logs.pause') : t('ui.logs.goOn', { n: waiting })}
          </Button>
          <Button
            onClick={() =>
              void copy(lines.map((line) => line.text).join('\n')).then((done) => setSaid(t(done ? 'ui.copied' : 'ui.copyFailed')))
            }
          >
            <Copy aria-hidden />
            <span aria-live="polite">{said || t('ui.copy')}</span>
          </Button>
          <DialogClose asChild>
            <Button variant="quiet" size="icon" aria-label={t('ui.close')}>
              <X aria-hidden />
            </Button>
          </DialogClose>
        </div>
        {logs.error && (
          <p role="alert" className="px-5 max-tab:px-4 py-2 text-data text-bad border-b border-line [overflow-wrap:anywhere]">
            {logs.error.message} {logs.error.remedy}
          </p>
        )}
        {/* It scrolls, so it must be reachable by keyboard. */}
        <div
          ref={box}
          role="log"
          aria-live="off"
          aria-label={t('ui.logs.title', { name: instance.ref.name })}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls
          tabIndex={0}
          onScroll={(e) => setAtEnd(e.currentTarget.scrollHeight - e.currentTarget.scrollTop - e.currentTarget.clientHeight < 24)}
          className="grow overflow-y-auto px-5 max-tab:px-4 py-3 bg-sunken font-mono text-[12.5px] leading-[19px] focus-visible:-outline-offset-2"
        >
          {lines.length === 0 && (
            <p className="text-ink-2 font-sans text-body">{logs.lines.length === 0 ? t('ui.logs.none') : t('ui.logs.noMatch')}</p>
          )}
          {lines.map((line) => (
            <p
              key={line.n}
              className={cn('grid grid-cols-[72px_minmax(0,1fr)] max-tab:grid-cols-1 gap-x-2', line.level && LOUD[line.level])}
            >
              <span className="text-ink-3">{line.at !== undefined && <Time at={line.at} />}</span>
              <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">{line.text}</span>
            </p>
          ))}
        </div>
        {!atEnd && (
          <Button
            size="s"
            className="absolute bottom-4 right-6 shadow-float"
            onClick={() => box.current?.scrollTo({ top: box.current.scrollHeight })}
          >
            <ArrowDownToLine aria-hidden />
            {t('ui.logs.toEnd')}
          </Button>
        )}
      </DrawerBox>
    </DialogRoot>
  );
}
