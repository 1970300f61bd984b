'use client';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { CallFailure } from '@/lib/client/fetcher';
import { chooseSetup } from '@/lib/client/use-setups';
import type { SetupAnswer } from '@/lib/contract/setup';
import { Code } from '../text/code';
import { Text } from '../text/text';
import { Button } from '../ui/button';
import { cn } from '../ui/classes';
import { DialogActions, DialogBox, DialogClose, DialogRoot } from '../ui/dialog';
import { Field, inputClasses, monoInput } from '../ui/field';
import { ProblemAlert } from '../ui/problem';
import { undoWord } from './progress-model';
import { t } from './t';

/** What taking back removes, and the cluster's name typed before it does. */
export function UndoDialog({ s, onClose }: { s: SetupAnswer; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure>();
  const matches = typed.trim() === s.clusterName;
  const go = async () => {
    setBusy(true);
    setFailure(undefined);
    const got = await chooseSetup(s.id, 'undo');
    setBusy(false);
    if (got.ok) onClose();
    else setFailure(got.error);
  };
  return (
    <DialogRoot open onOpenChange={(open) => !open && onClose()}>
      <DialogBox
        title={t('ui.make.p.undo.ask', { id: s.id })}
        description={
          <>
            <p>{t(s.kind === 'use-existing' ? 'ui.make.p.undo.gives' : 'ui.make.p.undo.removes')}</p>
            <ul className="grid gap-1 list-disc pl-5 marker:text-ink-3">
              {s.names.map((name) => (
                <li key={name} className="[overflow-wrap:anywhere]">
                  <Code>{name}</Code>
                </li>
              ))}
            </ul>
            {s.undoNote && (
              <p>
                <Text of={s.undoNote} />
              </p>
            )}
          </>
        }
      >
        <Field label={t('ui.make.p.undo.type', { name: s.clusterName })}>
          {(control) => (
            <input
              {...control}
              className={cn(inputClasses, monoInput)}
              value={typed}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              onChange={(e) => setTyped(e.target.value)}
            />
          )}
        </Field>
        {failure && <ProblemAlert problem={failure} title={t('ui.make.p.failed')} />}
        <p id="undo-need" className="text-meta text-ink-3">
          {!matches && t('ui.make.p.undo.need', { name: s.clusterName })}
        </p>
        <DialogActions>
          <DialogClose asChild>
            <Button>{t('ui.make.p.keep')}</Button>
          </DialogClose>
          <Button variant="danger" busy={busy} impossible={!matches} aria-describedby="undo-need" onClick={() => void go()}>
            <Undo2 aria-hidden />
            {t(undoWord(s))}
          </Button>
        </DialogActions>
      </DialogBox>
    </DialogRoot>
  );
}
