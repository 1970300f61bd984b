import type { Metadata } from 'next';
import { FirstRunForm } from '@/components/login/first-run-form';
import { LoginFrame } from '@/components/login/frame';
import { t } from '@/components/text/t-people';
import { guestPage } from '@/lib/server/page';
import { version } from '@/package.json';

export const metadata: Metadata = { title: t('ui.first.title') };

export default async function Page({ searchParams }: { searchParams: Promise<{ from?: string | string[] }> }) {
  await guestPage('first-run');
  const { from } = await searchParams;
  return (
    <LoginFrame about={t('ui.first.about')} version={version}>
      <FirstRunForm from={typeof from === 'string' ? from : undefined} />
    </LoginFrame>
  );
}
