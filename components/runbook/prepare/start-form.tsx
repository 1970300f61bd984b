'use client';
import { Check } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { type CallFailure, call } from '@/lib/client/fetcher';
import { keys } from '@/lib/client/keys';
import type { PlanAnswer, PrepareAnswer, StartRunAnswer } from '@/lib/contract/runs';
import { Text } from '../../text/text';
import { Button } from '../../ui/button';
import { cn } from '../../ui/classes';
import { Field, inputClasses, monoInput } from '../../ui/field';
import { ProblemAlert } from '../../ui/problem';
import { slotName } from '../labels';
import { m, t } from '../t';
import { type Draft, minutesOf, missing, warningsOf } from './prepare-model';

interface Props {
  readonly clusterId: string;
  readonly answer: PrepareAnswer;
  readonly plan: PlanAnswer;
  readonly may: boolean;
  readonly measuring: boolean;
  readonly openRun: boolean;
  /** It has begun: go there. */
  readonly onStarted: (runId: string) => void;
  /** It was refused: what was read may not be true any more. */
  readonly onRefused: () => void;
}

const empty: Draft = { reason: '', ticket: '', timeSpent: '', accepted: new Set(), typed: '' };

/** Why, and the confirmation: each warning accepted, the name of the active container typed. Nothing happens before the button, and it says what it will do. */
export function StartForm({ clusterId, answer, plan, may, measuring, openRun, onStarted, onRefused }: Props) {
  const [draft, setDraft] = useState(empty);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure>();
  const set = (part: Partial<Draft>) => setDraft((was) => ({ ...was, ...part }));
  const need = missing(answer, draft, { may, measuring, openRun });
  const matches = draft.typed.trim() === plan.source.name;

  async function start(event: FormEvent) {
    event.preventDefault();
    if (need !== undefined || busy) return;
    setBusy(true);
    setFailure(undefined);
    const ticket = draft.ticket.trim();
    const timeSpent = minutesOf(draft.timeSpent);
    const body = {
      from: answer.from,
      planHash: plan.hash,
      expectActive: draft.typed.trim(),
      reason: draft.reason.trim(),
      ...(ticket && { ticket }),
      ...(typeof timeSpent === 'number' && { timeSpent }),
      accepted: warningsOf(answer.checks).flatMap((c) => (draft.accepted.has(c.id) ? [c.id] : [])),
    };
    const started = await call<StartRunAnswer>('POST', keys.startRun(clusterId), body);
    setBusy(false);
    if (started.ok) return onStarted(started.value.runId);
    setFailure(started.error);
    onRefused();
  }

  return (
    <form className="grid gap-3.5" onSubmit={(event) => void start(event)} noValidate>
      <Field
        label={t('runbook.start.reason')}
        required
        hint={t('runbook.start.reason.hint', { n: draft.reason.length })}
        {...(/[<>]/.test(draft.reason)
          ? { error: t('runbook.start.reason.letters') }
          : failure?.fields.reason && { error: failure.fields.reason })}
      >
        {(control) => (
          <textarea
            {...control}
            rows={2}
            maxLength={255}
            value={draft.reason}
            onChange={(e) => set({ reason: e.target.value })}
            className={cn(inputClasses, 'min-h-14 resize-y')}
          />
        )}
      </Field>
      <Field label={t('runbook.start.ticket')}>
        {(control) => (
          <input
            {...control}
            maxLength={255}
            autoComplete="off"
            value={draft.ticket}
            onChange={(e) => set({ ticket: e.target.value })}
            className={inputClasses}
          />
        )}
      </Field>
      <Field label={t('runbook.start.timeSpent')} hint={t('runbook.start.timeSpent.hint')}>
        {(control) => (
          <input
            {...control}
            inputMode="numeric"
            autoComplete="off"
            value={draft.timeSpent}
            onChange={(e) => set({ timeSpent: e.target.value })}
            className={cn(inputClasses, 'w-28')}
          />
        )}
      </Field>
      {warningsOf(answer.checks).map((check) => (
        <label key={check.id} className="flex items-start gap-2.5 min-h-6 max-tab:min-h-11 max-tab:py-1.5">
          <input
            type="checkbox"
            checked={draft.accepted.has(check.id)}
            onChange={(e) => {
              const accepted = new Set(draft.accepted);
              if (e.target.checked) accepted.add(check.id);
              else accepted.delete(check.id);
              set({ accepted });
            }}
            className="size-4 mt-0.5 flex-none accent-(--accent-fill)"
          />
          <span>
            {t('runbook.start.accept', { check: '' })}
            <b>
              <Text of={{ key: `check.${check.id}.title` }} />.
            </b>{' '}
            <Text of={check.measured} />
          </span>
        </label>
      ))}
      <Field
        label={t(plan.variant === 'source-crashed' ? 'runbook.start.typeJournal' : 'runbook.start.type')}
        hint={
          matches ? (
            <span className="inline-flex items-center gap-1.5 text-data text-ok">
              <Check aria-hidden className="size-4" />
              {t('runbook.start.matches')}
            </span>
          ) : draft.typed !== '' && !plan.source.name.startsWith(draft.typed.trim()) ? (
            t('runbook.start.differs')
          ) : (
            <Text of={m('ui.value', { value: { as: 'name', value: plan.source.name } })} />
          )
        }
      >
        {(control) => (
          <input
            {...control}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            value={draft.typed}
            onChange={(e) => set({ typed: e.target.value })}
            className={cn(inputClasses, monoInput, matches && 'border-ok-line')}
          />
        )}
      </Field>
      {failure && <ProblemAlert problem={failure} title={t('runbook.start.refused')} />}
      <Button
        type="submit"
        variant="primary"
        size="l"
        busy={busy}
        impossible={need !== undefined}
        aria-describedby="start-need"
        className="w-full [overflow-wrap:anywhere]"
      >
        {t('runbook.start.do', { target: slotName(answer.to) })}
      </Button>
      <p id="start-need" className="text-meta text-ink-3 text-center">
        {need === undefined ? t('runbook.start.foot') : t(`runbook.start.need.${need}`)}
      </p>
    </form>
  );
}
