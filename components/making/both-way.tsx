import { LinkButton } from '../ui/link-button';
import { t } from './t-open';

/** The way for somebody who has no Controller yet. */
export function BothWay() {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p className="text-ink-2">{t('ui.making.both.about')}</p>
      <LinkButton size="s" href="/clusters/new/both">
        {t('ui.making.both')}
      </LinkButton>
    </div>
  );
}
