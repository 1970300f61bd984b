'use client';
import type { LinkProps } from 'next/link';
import { useRouter } from 'next/navigation';
import type { MouseEvent } from 'react';

/**
 * A link to a page of ours: goes there without loading everything anew, and fetches the page's code when somebody is about to go.
 * Next's own component does more (old router, prefetching whatever is in view) and weighs 4 kB at every first visit.
 */
export function Link<Route>({ href, onClick, prefetch: _, replace: _r, scroll: _s, ...rest }: LinkProps<Route>) {
  const router = useRouter();
  const to = String(href) as Parameters<typeof router.push>[0];
  const inPage = to.startsWith('#');
  const fetchAhead = () => {
    if (!inPage) router.prefetch(to);
  };
  function go(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    const elsewhere =
      rest.target !== undefined ||
      rest.download !== undefined ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey;
    if (event.defaultPrevented || inPage || elsewhere) return;
    event.preventDefault();
    router.push(to);
  }
  return <a {...rest} href={to} onClick={go} onPointerEnter={fetchAhead} onFocus={fetchAhead} />;
}
