'use client';
import { useState } from 'react';
import { Button } from '../../ui/button';
import { Field, inputClasses } from '../../ui/field';
import { t } from './t';

/** A person's word in place of an observation: with a reason, which is recorded. */
export function Said({
  label,
  button,
  may,
  busy,
  needsWhy,
  onSay,
}: {
  readonly label: string;
  readonly button: string;
  readonly may: boolean;
  readonly busy: boolean;
  readonly needsWhy: boolean;
  readonly onSay: (why: string) => void;
}) {
  const [why, setWhy] = useState('');
  const given = why.trim();
  return (
    <div className="grid gap-2 max-w-[520px]">
      <Field label={label}>
        {(control) => <input {...control} maxLength={255} value={why} onChange={(e) => setWhy(e.target.value)} className={inputClasses} />}
      </Field>
      <Button
        busy={busy}
        impossible={!may || (needsWhy && given === '')}
        onClick={() => onSay(given)}
        className="justify-self-start"
        title={may ? undefined : t('ui.role.needsOperator')}
      >
        {button}
      </Button>
    </div>
  );
}
