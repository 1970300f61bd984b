'use client';
import { Check, HardDrive, Hourglass, type LucideIcon, MonitorOff, PackageX, RotateCcw, ShieldOff, Unplug, User, Zap } from 'lucide-react';
import { useState } from 'react';
import { type CallFailure, call } from '@/lib/client/fetcher';
import { useSession } from '@/lib/client/use-session';
import type { ExerciseAnswer, Fault, FaultAnswer, RehearsalAnswer } from '@/lib/contract/api';
import { m } from '../text/t';
import { Text } from '../text/text';
import { Button } from '../ui/button';
import { Card, SectionHead } from '../ui/card';
import { cn } from '../ui/classes';
import { ConfirmCall } from '../ui/confirm-call';
import { ProblemAlert } from '../ui/problem';
import { t } from './t';

const ICON: Record<Fault, LucideIcon> = {
  'kill-active': Zap,
  'start-old': User,
  'lose-engine': Unplug,
  'slow-copy': Hourglass,
  'fill-disk': HardDrive,
  'take-fence-off': ShieldOff,
  'take-secondary-away': PackageX,
  'stop-joc': MonitorOff,
};

/** The rehearsal's controls: faults with their state, reset, exercises. Marked by the accent, never by a colour of state. */
export function RehearsalPanel({ data }: { data: RehearsalAnswer }) {
  const may = useSession().may('operator');
  const [resetting, setResetting] = useState(false);
  const done = data.exercises.filter((exercise) => exercise.state === 'done').length;
  return (
    <Card aria-labelledby="rehearsal" className="border-accent! desk:sticky desk:top-4">
      <SectionHead
        id="rehearsal"
        title={t('ui.rehearsal.title')}
        aside={<Text of={m('ui.rehearsal.age', { at: { as: 'for', value: data.startedAt } })} />}
        className="px-4 py-3"
      />
      <h3 className="px-4 py-2.5 border-t border-line font-semibold">{t('ui.rehearsal.break')}</h3>
      <ul>
        {data.faults.map((fault) => (
          <FaultRow key={fault.fault} fault={fault} may={may} />
        ))}
      </ul>
      <div className="grid gap-2 px-4 py-3 border-t border-line">
        <p className="text-data text-ink-2">{t('ui.rehearsal.reset.about')}</p>
        <Button
          variant="danger-quiet"
          busy={data.resetting}
          impossible={!may}
          aria-describedby={may ? undefined : 'rehearsal-role'}
          onClick={() => setResetting(true)}
        >
          {!data.resetting && <RotateCcw aria-hidden />}
          {t('ui.rehearsal.reset')}
        </Button>
        {!may && (
          <p id="rehearsal-role" className="text-meta text-ink-3">
            {t('ui.role.needsOperator')}
          </p>
        )}
      </div>
      {data.exercises.length > 0 && (
        <>
          <h3 className="px-4 pt-3 border-t border-line font-semibold">
            {t('ui.rehearsal.exercises')}{' '}
            <span className="text-meta font-normal text-ink-3">{t('ui.rehearsal.done', { n: done, of: data.exercises.length })}</span>
          </h3>
          <ol className="grid gap-2 px-4 pt-2 pb-4">
            {data.exercises.map((exercise, i) => (
              <Exercise key={exercise.id} exercise={exercise} n={i + 1} />
            ))}
          </ol>
        </>
      )}
      {resetting && (
        <ConfirmCall
          method="POST"
          path="/api/rehearsal/reset"
          title={t('ui.rehearsal.reset.ask')}
          button={t('ui.rehearsal.reset')}
          onClose={() => setResetting(false)}
        >
          <p>{t('ui.rehearsal.reset.about')}</p>
        </ConfirmCall>
      )}
    </Card>
  );
}

function FaultRow({ fault, may }: { fault: FaultAnswer; may: boolean }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure>();
  const Icon = ICON[fault.fault];
  const note = `fault-${fault.fault}`;
  const go = async () => {
    setBusy(true);
    const answer = await call('POST', `/api/rehearsal/faults/${fault.fault}`, { on: !fault.on });
    setBusy(false);
    setFailure(answer.ok ? undefined : answer.error);
  };
  return (
    <li
      className={cn(
        'grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-2.5 gap-y-0.5 px-4 py-2.5 border-t border-line',
        fault.on && 'bg-warn-soft',
      )}
    >
      <Icon aria-hidden className={cn('size-4 mt-0.5 text-ink-3', fault.on && 'text-warn-line!')} />
      <div className="min-w-0">
        <b>{t(`ui.fault.${fault.fault}`)}</b>
        <p id={note} className="text-meta text-ink-2">
          {fault.note ? <Text of={fault.note} /> : t(`ui.fault.${fault.fault}.about`)}
          {fault.on && fault.since !== undefined && (
            <>
              {' '}
              <Text of={m('ui.since', { at: { as: 'time', value: fault.since } })} />
            </>
          )}
        </p>
      </div>
      <div className="grid gap-1 content-start justify-items-end">
        <span className={cn('text-data', fault.on ? 'text-warn font-semibold' : 'text-ink-3')}>
          {t(fault.on ? 'ui.fault.on' : 'ui.fault.off')}
        </span>
        <Button
          size="s"
          className="min-w-[76px]"
          busy={busy}
          impossible={!may || !fault.possible}
          aria-describedby={note}
          aria-label={t(fault.on ? 'ui.fault.undo.label' : 'ui.fault.do.label', { fault: t(`ui.fault.${fault.fault}`) })}
          onClick={() => void go()}
        >
          {t(fault.on ? `ui.fault.${fault.fault}.undo` : `ui.fault.${fault.fault}.do`)}
        </Button>
      </div>
      {failure && (
        <div className="col-span-full mt-1">
          <ProblemAlert problem={failure} />
        </div>
      )}
    </li>
  );
}

function Exercise({ exercise, n }: { exercise: ExerciseAnswer; n: number }) {
  const { state } = exercise;
  return (
    <li aria-current={state === 'current' ? 'step' : undefined} className="grid grid-cols-[24px_minmax(0,1fr)] gap-x-2.5">
      <span
        aria-hidden
        className={cn(
          'grid place-items-center size-6 rounded-full border border-line-strong text-meta font-semibold text-ink-2',
          state === 'done' && 'bg-ok-soft border-ok-line! text-ok!',
          state === 'current' && 'bg-accent-fill border-accent-fill! text-on-accent!',
        )}
      >
        {state === 'done' ? <Check className="size-3.5" /> : n}
      </span>
      <div className="pt-0.5">
        <p className={cn(state === 'done' && 'text-ink-2', state === 'current' && 'font-semibold')}>
          {state === 'done' && <span className="sr-only">{t('ui.rehearsal.isDone')} </span>}
          <Text of={exercise.title} />
        </p>
        <p className="text-meta text-ink-3">
          <Text of={exercise.result ?? exercise.hint} />
        </p>
      </div>
    </li>
  );
}
