'use client';
import type { ReactNode } from 'react';
import { cn } from '../ui/classes';
import { Field, inputClasses, monoInput } from '../ui/field';
import { CAPTION_MOST, type FieldId, type Wrong } from './form-model';
import { t } from './t';

/** The id of a field's control, so that the verdict can lead there. */
export const controlId = (field: FieldId): string => `reg-${field.replace('.', '-')}`;

const WRONG: Record<Wrong, (alias: string) => string> = {
  'url.bad': () => t('ui.reg.url.bad'),
  'url.missing': () => t('ui.reg.url.missing'),
  'url.same': () => t('ui.reg.url.same'),
  alias: () => t('ui.reg.alias.bad'),
  'alias.url': (alias) => t('ui.reg.url.notAlias', { alias }),
  network: () => t('ui.reg.network.hint'),
  reason: () => t('ui.reg.reason.forced'),
  letters: () => t('ui.reg.reason.letters'),
  minutes: () => t('ui.reg.time.bad'),
};
export const wrongText = (wrong: Wrong | undefined, alias = ''): string | undefined =>
  wrong === undefined ? undefined : WRONG[wrong](alias);

interface Props {
  readonly field: FieldId;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: ReactNode;
  readonly hint?: ReactNode;
  readonly required?: boolean;
  readonly placeholder?: string | undefined;
  readonly mono?: boolean;
  readonly most?: number;
  readonly numeric?: boolean;
  readonly className?: string;
  readonly list?: string;
}

export function Line({
  field,
  label,
  value,
  onChange,
  error,
  hint,
  required,
  placeholder,
  mono,
  most = 255,
  numeric,
  className,
  list,
}: Props) {
  return (
    <Field
      id={controlId(field)}
      label={label}
      error={error}
      {...(hint !== undefined && { hint })}
      {...(required === true && { required })}
      {...(className !== undefined && { className })}
    >
      {(control) => (
        <input
          {...control}
          className={cn(inputClasses, mono === true && monoInput)}
          value={value}
          maxLength={most}
          inputMode={numeric === true ? 'numeric' : undefined}
          placeholder={placeholder}
          list={list}
          spellCheck={false}
          autoComplete="off"
          onChange={(e) => onChange(e.target.value)}
        />
      )}
    </Field>
  );
}

export function Caption({
  which,
  value,
  onChange,
  wrong,
}: {
  which: 'live' | 'primary' | 'secondary';
  value: string;
  onChange: (value: string) => void;
  wrong: Wrong | undefined;
}) {
  return (
    <Line
      field={`caption.${which}`}
      label={t('ui.reg.caption')}
      value={value}
      most={CAPTION_MOST}
      hint={t('ui.reg.caption.count', { n: value.length })}
      error={wrongText(wrong)}
      onChange={onChange}
    />
  );
}
