'use client';
import type { ReactNode } from 'react';
import { cn } from '../ui/classes';
import { Field, inputClasses, monoInput } from '../ui/field';

/** One line of the form; wrong = says so as soon as it is. */
export function Line({
  label,
  value,
  onChange,
  wrong,
  hint,
  numeric,
  password,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  wrong?: string | false;
  hint?: ReactNode;
  numeric?: boolean;
  password?: boolean;
}) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })} {...(wrong && { error: wrong })}>
      {(control) => (
        <input
          {...control}
          className={cn(inputClasses, monoInput)}
          type={password === true ? 'password' : 'text'}
          inputMode={numeric === true ? 'numeric' : undefined}
          value={value}
          maxLength={255}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete={password === true ? 'new-password' : 'off'}
          onChange={(e) => onChange(e.target.value)}
        />
      )}
    </Field>
  );
}

export interface Option {
  readonly value: string;
  readonly text: string;
  readonly off?: boolean;
}
export function Choose({
  label,
  value,
  options,
  onChange,
  hint,
}: {
  label: string;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
  hint?: ReactNode;
}) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      {(control) => (
        <select {...control} className={inputClasses} value={value} onChange={(e) => onChange(e.target.value)}>
          {options.map((o) => (
            <option key={o.value} value={o.value} disabled={o.off}>
              {o.text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function Tick({
  label,
  about,
  checked,
  onChange,
}: {
  label: string;
  about: string;
  checked: boolean;
  onChange: (is: boolean) => void;
}) {
  return (
    <label className="flex items-start gap-2.5 min-h-6 max-tab:min-h-11">
      <input
        type="checkbox"
        className="size-4 mt-0.5 flex-none accent-(--accent-fill)"
        checked={checked}
        onChange={(e) => onChange(e.target.checked)}
      />
      <span>
        {label}
        <span className="block text-meta text-ink-3">{about}</span>
      </span>
    </label>
  );
}
