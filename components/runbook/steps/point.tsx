import { Flag } from 'lucide-react';
import { t } from '../t-both';

/** The line between "can be undone" and "going back is a new run". */
export function PointOfNoReturn({ now }: { now: 'plan' | 'open' | 'passed' }) {
  return (
    <li className="relative z-1 grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-2.5 my-1.5 px-5 max-tab:px-4 py-2.5 bg-bad-soft border-y-2 border-bad-line text-data">
      <Flag aria-hidden className="size-4 text-bad" />
      <span>
        <b className="text-bad">{t('runbook.point')}</b> {t(`runbook.point.${now}`)}
      </span>
    </li>
  );
}
