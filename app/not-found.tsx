import { Missing } from '@/components/layout/missing';
import { t } from '@/components/text/t-error';

export default function NotFound() {
  return (
    <main>
      <title>{t('ui.notFound')}</title>
      <Missing title={t('ui.notFound')} why={t('ui.notFound.why')} />
    </main>
  );
}
