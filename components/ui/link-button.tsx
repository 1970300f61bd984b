import type { LinkProps } from 'next/link';
import { type ButtonLook, buttonVariants } from './button-look';
import { cn } from './classes';
import { Link } from './link';

/** A link that looks like a button: it leads somewhere, it does nothing. */
export function LinkButton<Route>({ variant, size, className, ...rest }: LinkProps<Route> & ButtonLook) {
  return <Link {...(rest as LinkProps<Route>)} className={cn(buttonVariants({ variant, size }), className)} />;
}
