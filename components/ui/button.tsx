'use client';
import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, MouseEvent } from 'react';
import { type ButtonLook, buttonVariants } from './button-look';
import { cn } from './classes';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'>, ButtonLook {
  /** Shows a turning circle and takes no clicks until it is over. */
  readonly busy?: boolean | undefined;
  /** Impossible now: stays focusable and readable; give the reason beside it and tie it by `aria-describedby`. */
  readonly impossible?: boolean | undefined;
}

/** The one button. A disabled one stays in the tab order (`aria-disabled`), so that its reason can be found and read. */
export function Button({ busy, impossible, variant, size, className, onClick, children, type, ...rest }: ButtonProps) {
  const off = busy === true || impossible === true;
  const guarded = (event: MouseEvent<HTMLButtonElement>) => (off ? event.preventDefault() : onClick?.(event));
  const classes = cn(buttonVariants({ variant, size }), className);
  return (
    <button
      type={type ?? 'button'}
      className={classes}
      onClick={guarded}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy === true && <LoaderCircle className="turning" aria-hidden />}
      {children}
    </button>
  );
}
