import { t } from '../text/t';
import { LinkButton } from '../ui/link-button';
import { Page } from './page';

/** There is no such thing: says so and leads back. */
export function Missing({ title, why }: { title: string; why: string }) {
  return (
    <Page>
      <div className="grid gap-3 justify-items-start">
        <h1 className="text-title">{title}</h1>
        <p className="text-ink-2">{why}</p>
        <LinkButton href="/">{t('ui.toClusters')}</LinkButton>
      </div>
    </Page>
  );
}
