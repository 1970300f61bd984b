import { User } from 'lucide-react';
import type { JournalsAnswer } from '@/lib/contract/runs';
import type { Slot } from '@/lib/domain/cluster/cluster';
import type { ClusterView } from '@/lib/domain/cluster/view';
import { Alert } from '../../ui/alert';
import { Card, SectionHead } from '../../ui/card';
import { slotName } from '../labels';
import { Commands } from '../steps/commands';
import { RailRow } from '../steps/rail';
import { railOf } from '../steps/rail-model';
import { otherOf } from './journals-model';
import { t } from './t';
import { type WayStep, wayBack } from './way-back-model';

/** The way back after a split brain, as text and commands. */
export function WayBack({ answer, view, keep }: { answer: JournalsAnswer; view: ClusterView; keep: Slot }) {
  const parts = wayBack(answer, view, keep).map((part, i) => ({ ...part, number: i + 1, down: i < 4 }));
  const titles: Record<WayStep, string> = {
    stop: t('runbook.way.stop'),
    keep: t('runbook.way.keep'),
    agents: t('runbook.way.agents'),
    start: t('runbook.way.start', { keep: slotName(keep) }),
    reset: t('runbook.way.reset'),
    agentsUp: t('runbook.way.agentsUp'),
  };
  const why = (step: WayStep): string =>
    step === 'keep' ? t('runbook.way.keep.why', { aside: slotName(otherOf(keep)) }) : t(`runbook.way.${step}.why`);
  return (
    <Card aria-labelledby="way-back">
      <SectionHead id="way-back" title={t('runbook.way')} className="px-5 max-tab:px-4 pt-4 pb-2 scroll-mt-4" />
      <div className="px-5 max-tab:px-4 pb-2">
        <Alert tone="warn" title={t('runbook.way.about')} />
      </div>
      <ol className="pb-3">
        {railOf(parts).map(({ step: part, ...rail }) => (
          <RailRow key={part.step} {...rail} number={part.number} look="plan" down={part.down} title={titles[part.step]}>
            <p>{why(part.step)}</p>
            {part.byYou && (
              <p className="flex items-center gap-1.5 text-warn font-semibold">
                <User aria-hidden className="size-3.5" />
                {t('runbook.way.byYou')}
              </p>
            )}
            <Commands lines={part.commands} of={titles[part.step]} />
          </RailRow>
        ))}
      </ol>
    </Card>
  );
}
