'use client';
import { useEffect, useRef } from 'react';
import { t } from '../text/t-error';
import { Page } from './page';

/** Something in the page itself broke. No stack: the digest finds it in the server's log. Every page loads this, so it imports next to nothing. */
export function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Page>
      <div role="alert" className="grid gap-3 justify-items-start">
        <h1 ref={heading} tabIndex={-1} className="text-title outline-none">
          {t('ui.error')}
        </h1>
        <p className="text-ink-2">{t('ui.error.why')}</p>
        {error.digest !== undefined && <p className="text-meta text-ink-3">{t('ui.error.code', { code: error.digest })}</p>}
        <button
          type="button"
          onClick={reset}
          className="min-h-9 max-tab:min-h-11 px-3.5 rounded-m bg-accent-fill text-on-accent font-semibold"
        >
          {t('ui.error.again')}
        </button>
      </div>
    </Page>
  );
}
