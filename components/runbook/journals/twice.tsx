import type { JournalsAnswer } from '@/lib/contract/runs';
import { Card } from '../../ui/card';
import { counted, t } from './t';

/** Orders that both have started: the damage that no tool can undo. */
export function Twice({ answer }: { answer: JournalsAnswer }) {
  const orders = answer.startedByBoth;
  return (
    <Card aria-labelledby="twice" className="p-6 max-tab:p-4 grid gap-2">
      <h2 id="twice" className="text-section">
        {t('runbook.journals.twice')}
      </h2>
      {orders.length === 0 ? (
        <p className="text-ink-2">{t('runbook.journals.twice.none')}</p>
      ) : (
        <>
          <p>{counted(orders.length, 'runbook.journals.twice.one', 'runbook.journals.twice.many')}</p>
          <ul className="flex flex-wrap gap-1.5 max-h-[280px] overflow-y-auto">
            {orders.map((order) => (
              <li key={order} className="px-2 py-0.5 rounded-s bg-bad-soft text-bad text-data">
                <code>{order}</code>
              </li>
            ))}
          </ul>
          <p className="text-data text-ink-2">{t('runbook.journals.twice.why')}</p>
        </>
      )}
    </Card>
  );
}
