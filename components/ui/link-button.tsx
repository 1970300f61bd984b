import type { VariantProps } from 'class-variance-authority';
import Link from 'next/link';
import type { ComponentProps } from 'react';
import { buttonVariants } from './button-look';
import { cn } from './classes';

/** A link that looks like a button: it leads somewhere, it does nothing. */
export function LinkButton({ variant, size, className, ...rest }: ComponentProps<typeof Link> & VariantProps<typeof buttonVariants>) {
  return <Link className={cn(buttonVariants({ variant, size }), className)} {...rest} />;
}
