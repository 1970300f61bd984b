import { Archive, ArrowDown, ArrowRight, CirclePlay, CircleQuestionMark, CircleStop, type LucideIcon, ShieldCheck } from 'lucide-react';
import type { PlanSideAnswer, RunAnswer } from '@/lib/contract/runs';
import { Time } from '../../text/time';
import { Badge, type BadgeLook } from '../../ui/badge';
import { Card } from '../../ui/card';
import { slotName } from '../labels';
import { MiniBox, MiniLine } from '../run/mini-box';
import { endsOf, type SideEnd } from './report-model';
import { t } from './t';

const LOOK: Record<SideEnd, { look: BadgeLook; icon: LucideIcon }> = {
  active: { look: 'active', icon: CirclePlay },
  stopped: { look: 'neutral', icon: CircleStop },
  fenced: { look: 'neutral', icon: ShieldCheck },
  retired: { look: 'neutral', icon: Archive },
  unproved: { look: 'unknown', icon: CircleQuestionMark },
};

/** Primary left, Secondary right, before and after. */
export function BeforeAfter({ answer }: { answer: RunAnswer }) {
  const { report, summary } = answer;
  const ends = endsOf(report);
  const crashed = !report.steps.some((s) => s.step === 'shut-down');
  const before = { source: [crashed && report.result !== 'undone' ? 'stopped' : 'active'] as SideEnd[], target: ['stopped'] as SideEnd[] };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_48px_minmax(0,1fr)] max-wide:grid-cols-[minmax(0,1fr)] items-stretch">
      <Picture id="before" title={t('runbook.report.before')} at={report.startedAt} summary={summary} ends={before} />
      <div className="grid place-items-center min-h-10 text-ink-3">
        <ArrowRight aria-hidden className="size-5 max-wide:hidden" />
        <ArrowDown aria-hidden className="size-5 hidden max-wide:block" />
      </div>
      <Picture id="after" title={t('runbook.report.after')} at={report.endedAt} summary={summary} ends={ends} />
    </div>
  );
}

interface PictureProps {
  readonly id: string;
  readonly title: string;
  readonly at: number | undefined;
  readonly summary: RunAnswer['summary'];
  readonly ends: { readonly source: readonly SideEnd[]; readonly target: readonly SideEnd[] };
}
function Picture({ id, title, at, summary, ends }: PictureProps) {
  const box = (side: PlanSideAnswer, states: readonly SideEnd[]) => (
    <MiniBox
      name={slotName(side.slot)}
      state={states[0] === 'active' ? 'active' : states[0] === 'unproved' ? 'unknown' : 'plain'}
      badges={states.map((state) => (
        <Badge key={state} look={LOOK[state].look} icon={LOOK[state].icon}>
          {t(`runbook.report.${state}`)}
        </Badge>
      ))}
      foot={side.engine}
    />
  );
  const [source, target] = [box(summary.from, ends.source), box(summary.to, ends.target)];
  return (
    <Card aria-labelledby={id} className="p-6 max-tab:p-4">
      <div className="flex justify-between gap-3 mb-3">
        <h2 id={id} className="text-body">
          {title}
        </h2>
        {at !== undefined && (
          <span className="text-meta text-ink-3">
            <Time at={at} />
          </span>
        )}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)_40px_minmax(0,1fr)] max-tab:grid-cols-[minmax(0,1fr)]">
        {summary.from.slot === 'primary' ? source : target}
        <MiniLine moving={false} />
        {summary.from.slot === 'primary' ? target : source}
      </div>
    </Card>
  );
}
