import type { RunAnswer } from '@/lib/contract/runs';
import { Text } from '../../text/text';
import { Time } from '../../text/time';
import { Card, SectionHead } from '../../ui/card';
import { t } from './t';

/** What each step left as proof, in its own sentence. */
export function Evidence({ answer }: { answer: RunAnswer }) {
  const told = answer.steps.filter((s) => s.evidence.length > 0 || s.problem);
  if (told.length === 0) return null;
  return (
    <Card aria-labelledby="evidence">
      <SectionHead id="evidence" title={t('runbook.report.evidence')} className="px-5 max-tab:px-4 pt-4 pb-1" />
      <ol>
        {told.map((step) => (
          <li
            key={step.step}
            className="grid grid-cols-[24px_minmax(0,1fr)_auto] gap-x-3 px-5 max-tab:px-4 py-2 border-t border-line first:border-t-0 text-data"
          >
            <span className="text-ink-3 text-right">{step.number}</span>
            <div className="min-w-0 [overflow-wrap:anywhere]">
              <b>
                <Text of={step.title} />
              </b>
              {step.evidence.map((said, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: sentences of one step, in their order
                <p key={i} className="text-ink-2">
                  <Text of={said} />
                </p>
              ))}
              {step.problem && (
                <p className="text-bad">
                  {step.problem.message} {step.problem.remedy}
                </p>
              )}
            </div>
            <span className="text-meta text-ink-3 whitespace-nowrap">{step.endedAt !== undefined && <Time at={step.endedAt} />}</span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
