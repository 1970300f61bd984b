'use client';
import { Text } from '../../text/text';
import { Time } from '../../text/time';
import { Card, SectionHead } from '../../ui/card';
import { slotName } from '../labels';
import { RailRow } from '../steps/rail';
import { railOf } from '../steps/rail-model';
import { Act } from './act';
import { m, t } from './t';
import { isDown, lookOf, numberOf, type Way } from './way-model';

/** The checklist: what was done and proved, and the step whose turn it is with what can be done now. */
export function Steps({ clusterId, answer, may, again }: { clusterId: string; answer: Way; may: boolean; again: () => Promise<void> }) {
  const names = { keep: slotName(answer.kept.slot), aside: slotName(answer.aside.slot) };
  const rail = railOf(answer.steps.map((step) => ({ ...step, of: step, down: isDown(step) })));
  return (
    <Card aria-labelledby="steps">
      <SectionHead
        id="steps"
        title={t('way.title')}
        aside={<Text of={m('way.looked', { ago: { as: 'ago', value: answer.lookedAt } })} />}
        className="px-5 max-tab:px-4 pt-4 pb-2"
      />
      <ol className="pb-3">
        {rail.map(({ step: { of: step, down }, ...place }) => (
          <RailRow
            key={step.step}
            {...place}
            number={numberOf(answer, step)}
            look={lookOf(answer, step)}
            down={down}
            title={t(`way.step.${step.step}`, names)}
            aside={lookOf(answer, step) === 'done' && step.doneAt !== undefined && <Time at={step.doneAt} />}
          >
            {lookOf(answer, step) !== 'next' && <p>{t(`way.step.${step.step}.why`, names)}</p>}
            {lookOf(answer, step) === 'done' && (
              <>
                {step.evidence.map((said) => (
                  <p key={said.key} className="text-ink">
                    <Text of={said} />
                  </p>
                ))}
                {step.saidBy !== undefined && (
                  <p className="text-ink [overflow-wrap:anywhere]">
                    {step.why === undefined
                      ? t('way.saidBy', { who: step.saidBy })
                      : t('way.saidByWhy', { who: step.saidBy, why: step.why })}
                  </p>
                )}
              </>
            )}
            {step.now && !answer.ended && <Act {...{ clusterId, answer, step, may, again }} />}
          </RailRow>
        ))}
      </ol>
    </Card>
  );
}
