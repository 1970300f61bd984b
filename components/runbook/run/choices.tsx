'use client';
import { Check, ShieldCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { RunAnswer } from '@/lib/contract/runs';
import { Text } from '../../text/text';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { cn } from '../../ui/classes';
import { Command } from '../../ui/command';
import { Field, inputClasses } from '../../ui/field';
import { ProblemAlert } from '../../ui/problem';
import { sideNames } from '../labels';
import { t } from '../t';
import { UndoList } from './abort';
import { type Choosable, waysOn } from './run-model';
import { useChoose } from './use-choose';

/** How an interrupted or stopped run goes on: the ways that are open, the recommended one first and chosen, with its reasons. */
export function Choices({ answer, may, onChosen }: { answer: RunAnswer; may: boolean; onChosen: () => Promise<void> }) {
  const ways = waysOn(answer);
  const [picked, setPicked] = useState<Choosable['choice']>();
  const [why, setWhy] = useState('');
  const { choose, busy, failure } = useChoose(answer.summary.runId, onChosen);
  const chosen = ways.find((w) => w.choice === picked)?.choice ?? ways.find((w) => w.recommended)?.choice;
  const label = (choice: Choosable['choice']) => labelOf(choice, answer);
  return (
    <Card aria-labelledby="choose" className="p-6 max-tab:p-4">
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (may && chosen && !busy) void choose(chosen, why);
        }}
      >
        <h2 id="choose" className="text-section scroll-mt-4">
          {t('runbook.choose')}
        </h2>
        {answer.byYou && (
          <Alert tone="warn" title={<Text of={answer.byYou.text} />}>
            {answer.byYou.commands.length > 0 && <Command>{answer.byYou.commands.join('\n')}</Command>}
          </Alert>
        )}
        <fieldset className="grid gap-2">
          <legend className="sr-only">{t('runbook.choose')}</legend>
          {ways.map((way) => (
            <Way key={way.choice} way={way} title={label(way.choice)} picked={way.choice === chosen} onPick={() => setPicked(way.choice)}>
              {way.choice === 'undo' ? (
                <>
                  <p>{t('runbook.choose.undo.about')}</p>
                  <UndoList answer={answer} />
                </>
              ) : (
                <p>{aboutOf(way.choice, answer)}</p>
              )}
            </Way>
          ))}
        </fieldset>
        {!answer.choices.includes('continue') && <p className="text-data text-ink-2">{t('runbook.choose.noContinue')}</p>}
        {answer.summary.mode === 'forward' && !answer.choices.includes('undo') && (
          <p className="text-data text-ink-2">{t('runbook.choose.noUndo', { target: sideNames(answer.summary).target })}</p>
        )}
        {answer.recommended && answer.recommended !== 'done-by-hand' && answer.whyRecommended.length > 0 && (
          <div className="grid gap-1.5 border-t border-line pt-3">
            <h3 className="text-data">{t('runbook.choose.why', { choice: `“${label(answer.recommended)}”` })}</h3>
            <ul className="grid gap-1.5">
              {answer.whyRecommended.map((reason) => (
                <li key={reason.key} className="grid grid-cols-[16px_minmax(0,1fr)] gap-2 text-data">
                  <Check aria-hidden className="size-4 mt-0.5 text-ok" />
                  <span>
                    <Text of={reason} />
                  </span>
                </li>
              ))}
            </ul>
          </div>
        )}
        <Field label={t('runbook.why')}>
          {(control) => (
            <input {...control} maxLength={255} value={why} onChange={(e) => setWhy(e.target.value)} className={inputClasses} />
          )}
        </Field>
        {failure && <ProblemAlert problem={failure} title={t('runbook.choose.failed')} />}
        <Button
          type="submit"
          variant="primary"
          size="l"
          busy={busy}
          impossible={!may || chosen === undefined}
          aria-describedby="choose-note"
          className="w-full"
        >
          {chosen ? label(chosen) : t('runbook.choose')}
        </Button>
        <p id="choose-note" className="text-meta text-ink-3 text-center">
          {t(may ? 'runbook.choose.recorded' : 'ui.role.needsOperator')}
        </p>
      </form>
    </Card>
  );
}

function labelOf(choice: Choosable['choice'], { summary }: RunAnswer): string {
  if (choice !== 'continue') return t(`runbook.choose.${choice}`);
  return summary.mode === 'undo' ? t('runbook.choose.continueUndo') : t('runbook.choose.continue', { n: summary.number });
}
function aboutOf(choice: 'continue' | 'by-hand', { summary }: RunAnswer): string {
  if (choice === 'by-hand') return t('runbook.choose.by-hand.about');
  return t(summary.mode === 'undo' ? 'runbook.choose.continueUndo.about' : 'runbook.choose.continue.about');
}

interface WayProps {
  readonly way: Choosable;
  readonly title: string;
  readonly picked: boolean;
  readonly onPick: () => void;
  readonly children: ReactNode;
}
function Way({ way, title, picked, onPick, children }: WayProps) {
  return (
    <label
      className={cn(
        'grid grid-cols-[16px_minmax(0,1fr)] gap-x-3 p-3 border border-line-strong rounded-m',
        picked && 'border-accent bg-accent-soft shadow-[inset_0_0_0_1px_var(--accent)]',
      )}
    >
      <input
        type="radio"
        name="way"
        value={way.choice}
        checked={picked}
        onChange={onPick}
        className="size-4 mt-0.5 accent-(--accent-fill)"
      />
      <span className="min-w-0 grid gap-1">
        <span className="flex flex-wrap gap-x-3 items-center">
          <b>{title}</b>
          {way.recommended && (
            <span className="inline-flex items-center gap-1 text-meta font-semibold text-ok">
              <ShieldCheck aria-hidden className="size-3.5" />
              {t('runbook.choose.recommended')}
            </span>
          )}
        </span>
        <span className="grid gap-1 text-data text-ink-2">{children}</span>
      </span>
    </label>
  );
}
