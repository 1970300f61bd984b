'use client';
import { useId } from 'react';
import { cn } from '../ui/classes';
import { Field, inputClasses } from '../ui/field';
import { controlId, Line, wrongText } from './fields';
import type { FieldId, Wrong } from './form-model';
import { t } from './t';

export interface Audit {
  readonly comment: string;
  readonly timeSpent: string;
  readonly ticket: string;
}
interface Props {
  readonly audit: Audit;
  readonly put: (part: Partial<Audit>) => void;
  readonly reasons: readonly string[];
  /** JOC wants a reason for each change. */
  readonly forced: boolean;
  readonly wrong: ReadonlyMap<FieldId, Wrong>;
  /** A missing reason is an error only once somebody wanted to send it. */
  readonly tried: boolean;
  readonly narrow?: boolean;
}

/** JOC Cockpit's audit fields: its predefined reasons, Reason, Time Spent, Ticket Link. */
export function AuditFields({ audit, put, reasons, forced, wrong, tried, narrow }: Props) {
  const select = useId();
  const reason = wrong.get('comment');
  return (
    <div
      className={cn(
        'grid gap-4',
        narrow === true ? 'tab:grid-cols-2' : 'tab:grid-cols-2 wide:grid-cols-[minmax(0,1fr)_minmax(0,2fr)_112px_minmax(0,1fr)]',
      )}
    >
      <Field id={select} label={t('ui.reg.reasons')}>
        {(control) => (
          <select
            {...control}
            className={inputClasses}
            value={reasons.includes(audit.comment) ? audit.comment : ''}
            onChange={(e) => put({ comment: e.target.value })}
          >
            <option value="">{t('ui.reg.reasons.own')}</option>
            {reasons.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        )}
      </Field>
      <Field
        id={controlId('comment')}
        label={t('ui.reg.reason')}
        required={forced}
        {...(forced && { hint: t('ui.reg.reason.forced') })}
        error={reason === 'reason' && !tried ? undefined : wrongText(reason)}
      >
        {(control) => (
          <input
            {...control}
            className={inputClasses}
            maxLength={255}
            value={audit.comment}
            autoComplete="off"
            onChange={(e) => put({ comment: e.target.value })}
          />
        )}
      </Field>
      <Line
        field="timeSpent"
        label={t('ui.reg.time')}
        hint={t('ui.reg.time.hint')}
        value={audit.timeSpent}
        numeric
        most={5}
        error={wrongText(wrong.get('timeSpent'))}
        onChange={(timeSpent) => put({ timeSpent })}
      />
      <Line
        field="ticket"
        label={t('ui.reg.ticket')}
        value={audit.ticket}
        error={wrongText(wrong.get('ticket'))}
        onChange={(ticket) => put({ ticket })}
      />
    </div>
  );
}
