'use client';
import { Undo2 } from 'lucide-react';
import { useRef, useState } from 'react';
import type { RunAnswer } from '@/lib/contract/runs';
import { Text } from '../../text/text';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { DialogActions, DialogBox, DialogClose, DialogRoot, DialogTrigger } from '../../ui/dialog';
import { Field, inputClasses } from '../../ui/field';
import { ProblemAlert } from '../../ui/problem';
import { sideNames } from '../labels';
import { t } from '../t';
import { mayAbort, pointNumber } from './run-model';
import { useChoose } from './use-choose';

interface Props {
  readonly answer: RunAnswer;
  readonly may: boolean;
  readonly onChosen: () => Promise<void>;
}

/** Abort and undo, up to the point of no return: what it will do stands here, and is asked once more. On phones it sticks to the lower edge. */
export function Abort({ answer, may, onChosen }: Props) {
  const [open, setOpen] = useState(false);
  const offered = mayAbort(answer);
  // A question that stands open stays, and says that it came too late.
  if (!offered && !open) return null;
  const n = pointNumber(answer.steps);
  return (
    <Card
      aria-labelledby="abort"
      className="p-6 max-tab:px-4 max-tab:py-3 grid gap-3 max-tab:gap-2 max-wide:sticky max-wide:bottom-2 max-wide:z-10 max-wide:shadow-float"
    >
      <div>
        <h2 id="abort" className="text-section max-tab:sr-only">
          {t('runbook.abort')}
        </h2>
        <p className="text-ink-2 max-tab:hidden">{t('runbook.abort.until', { n })}</p>
        <p className="text-data text-ink-2 tab:hidden">{t('runbook.abort.short', { n })}</p>
      </div>
      <div className="max-tab:hidden">
        <UndoList answer={answer} />
      </div>
      {may ? (
        <DialogRoot open={open} onOpenChange={setOpen}>
          <DialogTrigger asChild>
            <Button variant="danger-quiet" className="w-full">
              <Undo2 aria-hidden />
              {t('runbook.abort')}
            </Button>
          </DialogTrigger>
          <AbortQuestion answer={answer} offered={offered} onChosen={onChosen} onDone={() => setOpen(false)} />
        </DialogRoot>
      ) : (
        <>
          <Button variant="danger-quiet" impossible aria-describedby="abort-role" className="w-full">
            <Undo2 aria-hidden />
            {t('runbook.abort')}
          </Button>
          <p id="abort-role" className="text-meta">
            {t('ui.role.needsOperator')}
          </p>
        </>
      )}
    </Card>
  );
}

function AbortQuestion({ answer, offered, onChosen, onDone }: Omit<Props, 'may'> & { offered: boolean; onDone: () => void }) {
  const { summary } = answer;
  const { choose, busy, failure } = useChoose(summary.runId, onChosen);
  const why = useRef<HTMLInputElement>(null);
  const down = summary.downSince !== undefined;
  return (
    <DialogBox
      title={t('runbook.abort.ask', { run: summary.runId })}
      description={
        <>
          <p>{t('runbook.abort.about')}</p>
          <UndoList answer={answer} />
          <p>{t(down ? 'runbook.abort.down' : 'runbook.abort.up', { source: sideNames(summary).source })}</p>
        </>
      }
    >
      <Field label={t('runbook.why')}>{(control) => <input {...control} ref={why} maxLength={255} className={inputClasses} />}</Field>
      {!offered && <Alert tone="note" id="abort-late" role="alert" title={t('runbook.abort.late')} />}
      {failure && <ProblemAlert problem={failure} title={t('runbook.choose.failed')} />}
      <DialogActions>
        <DialogClose asChild>
          <Button>{t('runbook.abort.keep')}</Button>
        </DialogClose>
        <Button
          variant="danger"
          busy={busy}
          impossible={!offered}
          aria-describedby={offered ? undefined : 'abort-late'}
          onClick={() => void choose('undo', why.current?.value ?? '').then((done) => done && onDone())}
        >
          <Undo2 aria-hidden />
          {t('runbook.abort')}
        </Button>
      </DialogActions>
    </DialogBox>
  );
}

/** What an undo will do, in its order. */
export function UndoList({ answer }: { answer: RunAnswer }) {
  return (
    <ol className="grid gap-1 list-decimal pl-5 marker:text-ink-3">
      {answer.undoWould.map((said) => (
        <li key={said.key}>
          <Text of={said} />
        </li>
      ))}
    </ol>
  );
}
