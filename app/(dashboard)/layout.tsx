import type { ReactNode } from 'react';
import { Live } from '@/components/layout/live';
import { Shell } from '@/components/layout/shell';
import { firstPaint } from '@/lib/server/page';
import { version } from '@/package.json';

/** All pages behind the login. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const initial = await firstPaint();
  return (
    <Live initial={initial}>
      <Shell rehearsal={initial.session.rehearsal === true} version={version}>
        {children}
      </Shell>
    </Live>
  );
}
