'use client';
import { type FormEvent, useState } from 'react';
import type { WayStepAnswer } from '@/lib/contract/way-back';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { cn } from '../../ui/classes';
import { Field, inputClasses, monoInput } from '../../ui/field';
import { ProblemAlert } from '../../ui/problem';
import { slotName } from '../labels';
import { Agents } from './agents';
import { Said } from './said';
import { t } from './t';
import { useStep } from './use-step';
import { newerOf, type Way } from './way-model';

interface Props {
  readonly clusterId: string;
  readonly answer: Way;
  readonly step: WayStepAnswer;
  readonly may: boolean;
  readonly again: () => Promise<void>;
}

/** What can be done for the step whose turn it is. */
export function Act({ clusterId, answer, step, may, again }: Props) {
  const { ask, busy, failure } = useStep(clusterId, again);
  const [typed, setTyped] = useState('');
  const working = busy || answer.working;
  const keeps = step.step === 'keep';
  const { kept, aside } = answer;
  const newer = newerOf(answer) === 'aside' ? aside : kept;
  const ready = !keeps || [kept.name, aside.name].includes(typed.trim());
  function go(event: FormEvent) {
    event.preventDefault();
    if (may && ready && !working) void ask({ step: step.step, ...(keeps && { typed: typed.trim() }) });
  }
  return (
    <div className="grid gap-3 py-2">
      {answer.problem && <ProblemAlert problem={answer.problem as never} title={t('way.stepFailed')} />}
      {failure && <ProblemAlert problem={failure} />}
      {answer.lacking.length > 0 && !answer.working && (
        <Alert tone="warn" title={t('way.lacking', { what: answer.lacking.map((need) => needText(need, answer)).join('; ') })} />
      )}
      {step.step === 'reset' && (
        <Agents
          {...{ clusterId, answer, may, again }}
          busy={working}
          onLeave={(agent, why) => void ask({ step: 'reset', agent, said: true, why })}
        />
      )}
      {step.acts && (
        <form onSubmit={go} className="grid gap-3 max-w-[520px]">
          {keeps && (
            <Field label={t('way.keepTyped', { name: newer.name })}>
              {(control) => (
                <input
                  {...control}
                  autoComplete="off"
                  autoCapitalize="off"
                  spellCheck={false}
                  value={typed}
                  onChange={(e) => setTyped(e.target.value)}
                  className={cn(inputClasses, monoInput)}
                />
              )}
            </Field>
          )}
          <Button
            type="submit"
            variant="primary"
            busy={working}
            impossible={!may || !ready}
            className="justify-self-start"
            aria-describedby="step-note"
          >
            {t('way.do')}
          </Button>
        </form>
      )}
      {step.mayBeSaid && (
        <Said
          {...{ may }}
          busy={working}
          needsWhy={step.step !== 'agents-down'}
          label={t('way.saidWhy')}
          button={t('way.said')}
          onSay={(why) => void ask({ step: step.step, said: true, ...(why && { why }) })}
        />
      )}
      {!may && (
        <p id="step-note" className="text-meta text-ink-3">
          {t('ui.role.needsOperator')}
        </p>
      )}
    </div>
  );
}

const NEEDS = [
  'lock-free',
  'lock-ours',
  'source-stopped',
  'target-stopped',
  'source-fenced',
  'source-retired',
  'target-works',
  'kept-whole',
] as const;
function needText(need: string, { kept, aside }: Way): string {
  const known = NEEDS.find((n) => n === need);
  return known ? t(`way.need.${known}`, { keep: slotName(kept.slot), aside: slotName(aside.slot) }) : need;
}
