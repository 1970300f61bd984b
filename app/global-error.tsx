'use client';
import { t } from '@/components/text/t-error';
import './globals.css';

/** The frame itself broke. Every page loads this, so it has nothing but a sentence and a button. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Handover</title>
        <main className="column py-6" role="alert">
          <h1 className="text-title">{t('ui.error')}</h1>
          <p>{t('ui.error.why')}</p>
          <button type="button" onClick={reset}>
            {t('ui.error.again')}
          </button>
        </main>
      </body>
    </html>
  );
}
