'use client';
import { Check, Copy } from 'lucide-react';
import { useRef, useState } from 'react';
import type { RunAnswer } from '@/lib/contract/runs';
import { Text } from '../../text/text';
import { useNow, useZone } from '../../text/viewer';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { Card, SectionHead } from '../../ui/card';
import { Command, copy } from '../../ui/command';
import { DialogActions, DialogBox, DialogClose, DialogRoot, DialogTrigger } from '../../ui/dialog';
import { Field, inputClasses } from '../../ui/field';
import { ProblemAlert } from '../../ui/problem';
import { sideNames } from '../labels';
import { plain } from '../plain';
import { t } from '../t';
import { commandsText, notTakenBack } from './run-model';
import { useChoose } from './use-choose';

/** The commands of the steps that remain. In mode "by hand" also the way to say that they are done. */
export function ByHand({ answer, may, onChosen }: { answer: RunAnswer; may: boolean; onChosen: () => Promise<void> }) {
  const chosen = answer.summary.mode === 'by-hand';
  const reading = { zone: useZone(), now: useNow() };
  const [copied, setCopied] = useState(false);
  const back = notTakenBack(answer.steps);
  const all = () => commandsText(answer.remaining.map((r) => ({ title: plain(r.title, reading), commands: r.commands })));
  return (
    <Card aria-labelledby="by-hand">
      <SectionHead
        id="by-hand"
        title={t('runbook.hand')}
        aside={
          answer.remaining.length > 0 && (
            <Button size="s" onClick={() => void copy(all()).then(setCopied)}>
              {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
              <span aria-live="polite">{copied ? t('ui.copied') : t('runbook.hand.copyAll')}</span>
            </Button>
          )
        }
        className="px-5 max-tab:px-4 pt-4 pb-3 scroll-mt-4"
      />
      <div className="grid gap-3 px-5 max-tab:px-4 pb-5">
        <Alert tone="warn" title={t(chosen ? 'runbook.hand.rule' : 'runbook.hand.warning', { target: sideNames(answer.summary).target })} />
        {back.length > 0 && (
          <div className="grid gap-1.5">
            <p>{t('runbook.hand.back')}</p>
            <ol className="grid gap-1 list-decimal pl-5 marker:text-ink-3">
              {back.map(
                (step) =>
                  step.undo && (
                    <li key={step.step}>
                      <Text of={step.undo} />
                    </li>
                  ),
              )}
            </ol>
            <p className="text-ink-2">{t('runbook.hand.forward')}</p>
          </div>
        )}
        {answer.remaining.length === 0 && <p className="text-ink-2">{t('runbook.hand.none')}</p>}
        <ol className="grid gap-3">
          {answer.remaining.map((part) => (
            <li key={part.title.key} className="grid gap-1 min-w-0">
              <b className="text-data">
                <Text of={part.title} />
              </b>
              {part.commands.length > 0 && <Command>{part.commands.join('\n')}</Command>}
            </li>
          ))}
        </ol>
        {answer.choices.includes('done-by-hand') && <Done answer={answer} may={may} onChosen={onChosen} />}
      </div>
    </Card>
  );
}

function Done({ answer, may, onChosen }: { answer: RunAnswer; may: boolean; onChosen: () => Promise<void> }) {
  const [open, setOpen] = useState(false);
  const { choose, busy, failure } = useChoose(answer.summary.runId, onChosen);
  const why = useRef<HTMLInputElement>(null);
  if (!may)
    return (
      <div className="grid gap-1 justify-items-start">
        <Button variant="primary" size="l" impossible aria-describedby="done-role">
          {t('runbook.hand.done')}
        </Button>
        <p id="done-role" className="text-meta">
          {t('ui.role.needsOperator')}
        </p>
      </div>
    );
  return (
    <DialogRoot open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary" size="l" className="justify-self-start max-tab:justify-self-stretch">
          {t('runbook.hand.done')}
        </Button>
      </DialogTrigger>
      <DialogBox title={t('runbook.hand.done.ask', { run: answer.summary.runId })} description={<p>{t('runbook.hand.done.about')}</p>}>
        <Field label={t('runbook.why')}>{(control) => <input {...control} ref={why} maxLength={255} className={inputClasses} />}</Field>
        {failure && <ProblemAlert problem={failure} title={t('runbook.choose.failed')} />}
        <DialogActions>
          <DialogClose asChild>
            <Button>{t('runbook.hand.notYet')}</Button>
          </DialogClose>
          <Button
            variant="primary"
            busy={busy}
            onClick={() => void choose('done-by-hand', why.current?.value ?? '').then((done) => done && setOpen(false))}
          >
            {t('runbook.hand.done')}
          </Button>
        </DialogActions>
      </DialogBox>
    </DialogRoot>
  );
}
