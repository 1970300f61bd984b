import type { Metadata } from 'next';
import { LoginFrame } from '@/components/login/frame';
import { FirstRunForm } from '@/components/login/first-run-form';
import { t } from '@/components/text/t';
import { version } from '@/package.json';

export const metadata: Metadata = { title: t('ui.first.title') };

export default function Page() {
  return (
    <LoginFrame about={t('ui.first.about')} version={version}>
      <FirstRunForm />
    </LoginFrame>
  );
}
