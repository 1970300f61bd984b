import type { WaySide } from '@/lib/contract/way-back';
import { Code } from '../../text/code';
import { Text } from '../../text/text';
import { Card } from '../../ui/card';
import { Fact, Facts } from '../../ui/facts';
import { slotName } from '../labels';
import { m, t } from './t';
import type { Way } from './way-model';

/** Both instances as they were seen a moment ago. */
export function Sides({ answer }: { answer: Way }) {
  return (
    <div className="grid gap-6 max-tab:gap-4 grid-cols-[minmax(0,1fr)] wide:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <Side side={answer.kept} title={t('way.kept', { slot: slotName(answer.kept.slot) })} id="kept" />
      <Side side={answer.aside} title={t('way.aside', { slot: slotName(answer.aside.slot) })} id="aside" />
    </div>
  );
}

function Side({ side, title, id }: { side: WaySide; title: string; id: string }) {
  const { journal } = side;
  return (
    <Card aria-labelledby={id} className="p-6 max-tab:p-4 grid gap-3" data-side={id}>
      <h2 id={id} className="text-section">
        {title}
      </h2>
      <Facts>
        <Fact name={t('way.container')}>
          <Code>{side.name}</Code> {t(`way.running.${side.running}`)}
          {side.active === 'yes' && `, ${t('way.active.yes')}`}
        </Fact>
        <Fact name={t('way.policy')}>
          <Code>{side.policy}</Code>
        </Fact>
        <Fact name={t('way.flag')}>
          <Code>{side.flag}</Code>
        </Fact>
        <Fact name={t('way.journal')}>
          {typeof journal === 'string' ? (
            t(`way.journal.${journal}`)
          ) : (
            <Text of={m('way.journal.to', { event: { as: 'code', value: String(journal.lastEventId) } })} />
          )}
        </Fact>
      </Facts>
    </Card>
  );
}
