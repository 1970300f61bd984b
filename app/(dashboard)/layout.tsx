import type { ReactNode } from 'react';
import { Live } from '@/components/layout/live';
import { Shell } from '@/components/layout/shell';
import { TextsProvider } from '@/components/text/texts-provider';
import { firstPaint } from '@/lib/server/page';
import { version } from '@/package.json';

/** All pages behind the login. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const { texts, ...initial } = await firstPaint();
  return (
    <TextsProvider texts={texts}>
      <Live initial={initial}>
        <Shell rehearsal={initial.session.rehearsal === true} version={version}>
          {children}
        </Shell>
      </Live>
    </TextsProvider>
  );
}
