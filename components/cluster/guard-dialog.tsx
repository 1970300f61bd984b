'use client';
import { Check, CircleQuestionMark, type LucideIcon, OctagonAlert, Siren, TriangleAlert } from 'lucide-react';
import type { Alarm, ClusterView } from '@/lib/domain/cluster/view';
import { m, t } from '../text/t-later';
import { Text } from '../text/text';
import { Button } from '../ui/button';
import { cn } from '../ui/classes';
import { DialogActions, DialogBox, DialogClose, DialogRoot } from '../ui/dialog';
import { WATCHED } from './guard-model';

const ALARM_ICON: Record<Alarm['tone'] | 'ok', LucideIcon> = {
  ok: Check,
  alarm: Siren,
  bad: OctagonAlert,
  warn: TriangleAlert,
  unknown: CircleQuestionMark,
};
const COLOUR: Record<Alarm['tone'] | 'ok', string> = {
  ok: 'text-ok',
  alarm: 'text-bad',
  bad: 'text-bad',
  warn: 'text-warn',
  unknown: 'text-unk',
};

/** What the guard watches, each with what it sees now. */
export function GuardDialog({ guard, onClose }: { guard: ClusterView['guard']; onClose: () => void }) {
  return (
    <DialogRoot open onOpenChange={(open) => !open && onClose()}>
      <DialogBox className="max-w-[720px]!" title={t('ui.guard.what')} description={<p>{t('ui.guard.about')}</p>}>
        <ul>
          {WATCHED.map((code) => {
            const alarms = guard.alarms.filter((alarm) => alarm.code === code);
            return alarms.length === 0 ? (
              <Watched key={code} code={code} />
            ) : (
              alarms.map((alarm) => <Watched key={`${code}-${alarm.slots.join()}-${alarm.title.key}`} code={code} alarm={alarm} />)
            );
          })}
        </ul>
        <DialogActions>
          <DialogClose asChild>
            <Button>{t('ui.close')}</Button>
          </DialogClose>
        </DialogActions>
      </DialogBox>
    </DialogRoot>
  );
}

function Watched({ code, alarm }: { code: Alarm['code']; alarm?: Alarm }) {
  const tone = alarm?.tone ?? 'ok';
  const Icon = ALARM_ICON[tone];
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-3 py-2 border-t border-line first:border-t-0">
      <Icon aria-hidden className={cn('size-4 mt-0.5', COLOUR[tone])} />
      <div>
        <p className={cn(alarm && 'font-semibold')}>
          {alarm ? <Text of={alarm.title} /> : t(`ui.watch.${code}`)}
          <span className="sr-only">: {t(alarm ? `ui.watchTone.${alarm.tone}` : 'ui.watchTone.ok')}</span>
        </p>
        {alarm && (
          <p className="text-data text-ink-2">
            <Text of={alarm.detail} />
          </p>
        )}
        {alarm?.since !== undefined && (
          <p className="text-meta text-ink-3">
            <Text of={m('ui.since', { at: { as: 'time', value: alarm.since } })} />
          </p>
        )}
      </div>
    </li>
  );
}
