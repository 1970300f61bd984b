import Link from 'next/link';
import { t } from '../text/t';
import { Button } from '../ui/button';
import { Page } from './page-head';

/** There is no such thing: says so and leads back. */
export function Missing({ title, why }: { title: string; why: string }) {
  return (
    <Page>
      <div className="grid gap-3 justify-items-start">
        <h1 className="text-title">{title}</h1>
        <p className="text-ink-2">{why}</p>
        <Button asChild>
          <Link href="/">{t('ui.toClusters')}</Link>
        </Button>
      </div>
    </Page>
  );
}
