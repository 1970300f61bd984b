'use client';
import { OctagonX } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { cn } from './classes';

export const inputClasses =
  'w-full min-h-9 px-2.5 py-[7px] border border-line-strong rounded-m bg-surface text-ink text-body max-tab:min-h-11 max-tab:text-[16px] ' +
  'focus:outline-2 focus:outline-accent focus:-outline-offset-1 focus:border-accent [&[readonly]]:bg-sunken [&[readonly]]:border-line ' +
  'aria-invalid:border-bad-line aria-invalid:shadow-[inset_0_0_0_1px_var(--bad-line)]';
export const monoInput = 'font-mono! text-data! max-tab:text-[14px]!';

export interface FieldControl {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
  readonly required?: boolean;
}

/** Label above, hint or error below and tied to the control; `children` gets what the control needs. */
export function Field({
  id: named,
  label,
  hint,
  error,
  required,
  className,
  children,
}: {
  /** Where an address or a button leads to the control; else it gets one of its own. */
  id?: string;
  label: string;
  hint?: ReactNode;
  error?: ReactNode;
  required?: boolean;
  className?: string;
  children: (control: FieldControl) => ReactNode;
}) {
  const own = useId();
  const id = named ?? own;
  const below = error !== undefined || hint !== undefined;
  return (
    <div className={cn('grid gap-1 content-start min-w-0', className)}>
      <label htmlFor={id} className="text-data font-semibold">
        {label}
        {required === true && (
          <span aria-hidden className="text-bad">
            {' '}
            *
          </span>
        )}
      </label>
      {children({
        id,
        ...(below && { 'aria-describedby': `${id}-m` }),
        ...(error !== undefined && { 'aria-invalid': true as const }),
        ...(required === true && { required: true }),
      })}
      {error !== undefined ? (
        <p id={`${id}-m`} className="flex gap-1.5 text-data text-bad">
          <OctagonX aria-hidden className="size-4 flex-none mt-0.5" />
          <span>{error}</span>
        </p>
      ) : (
        hint !== undefined && (
          <p id={`${id}-m`} className="text-meta text-ink-3">
            {hint}
          </p>
        )
      )}
    </div>
  );
}
