import type { Metadata } from 'next';
import { LoginFrame } from '@/components/login/frame';
import { LoginForm } from '@/components/login/login-form';
import { t } from '@/components/text/t-people';
import { guestPage } from '@/lib/server/page';
import { version } from '@/package.json';

export const metadata: Metadata = { title: t('ui.login.title') };

export default async function Page({ searchParams }: { searchParams: Promise<{ from?: string | string[] }> }) {
  await guestPage('login');
  const { from } = await searchParams;
  return (
    <LoginFrame about={t('ui.login.about')} version={version}>
      <LoginForm from={typeof from === 'string' ? from : undefined} />
    </LoginFrame>
  );
}
