'use client';
import { PageError } from '@/components/layout/page-error';
import './globals.css';

/** The frame itself broke. */
export default function GlobalError(props: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Handover</title>
        <main>
          <PageError {...props} />
        </main>
      </body>
    </html>
  );
}
