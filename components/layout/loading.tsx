import { t } from '../text/t';
import { Page } from './page';

/** Holds the places of head, verdict and picture, so that nothing jumps when they come; the footer is out of sight meanwhile. */
export function Loading() {
  return (
    <Page>
      <p role="status" className="sr-only">
        {t('ui.loading')}
      </p>
      <div aria-hidden className="grid gap-6">
        <div className="h-8 w-56 rounded-s bg-sunken" />
        <div className="h-[92px] rounded-l bg-surface border border-line" />
        <div className="h-[max(420px,80vh)] rounded-l bg-surface border border-line" />
      </div>
    </Page>
  );
}
