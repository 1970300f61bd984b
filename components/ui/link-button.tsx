import type { VariantProps } from 'class-variance-authority';
import Link, { type LinkProps } from 'next/link';
import { buttonVariants } from './button-look';
import { cn } from './classes';

/** A link that looks like a button: it leads somewhere, it does nothing. */
export function LinkButton<Route>({ variant, size, className, ...rest }: LinkProps<Route> & VariantProps<typeof buttonVariants>) {
  return <Link className={cn(buttonVariants({ variant, size }), className)} {...rest} />;
}
