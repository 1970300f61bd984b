'use client';
import { uiError } from '@/lib/domain/text/en/ui-error';
import './globals.css';

/** The frame itself broke. Every page loads this, so it has nothing but a sentence and a button. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Handover</title>
        <main className="column py-6" role="alert">
          <h1 className="text-title">{uiError['ui.error']}</h1>
          <p>{uiError['ui.error.why']}</p>
          <button type="button" onClick={reset}>
            {uiError['ui.error.again']}
          </button>
        </main>
      </body>
    </html>
  );
}
