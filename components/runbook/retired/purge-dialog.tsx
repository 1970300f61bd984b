'use client';
import { useState } from 'react';
import { type CallFailure, call } from '@/lib/client/fetcher';
import { keys } from '@/lib/client/keys';
import type { RetiredAnswer } from '@/lib/contract/runs';
import { formatBytes } from '@/lib/domain/text/format';
import { Code } from '../../text/code';
import { Button } from '../../ui/button';
import { cn } from '../../ui/classes';
import { DialogActions, DialogBox, DialogClose, DialogRoot } from '../../ui/dialog';
import { Field, inputClasses, monoInput } from '../../ui/field';
import { ProblemAlert } from '../../ui/problem';
import { folderName } from '../labels';
import { t } from './t';

/** Deletes for good, after the folder's name was typed. */
export function PurgeDialog({ journal, onClose }: { journal: RetiredAnswer; onClose: (done: boolean) => void }) {
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure>();
  const folder = folderName(journal.path);
  const matches = typed.trim() === folder;
  async function purge() {
    setBusy(true);
    const { clusterId, slot, path } = journal;
    const answer = await call('POST', keys.purge, { clusterId, slot, path, confirm: folder });
    setBusy(false);
    if (answer.ok) onClose(true);
    else setFailure(answer.error);
  }
  return (
    <DialogRoot open onOpenChange={(open) => !open && onClose(false)}>
      <DialogBox
        title={<span className="[overflow-wrap:anywhere]">{t('runbook.retired.ask', { folder })}</span>}
        description={
          <>
            <p>
              <Code>{journal.path}</Code>, {formatBytes(journal.bytes)}.{' '}
              {t('runbook.retired.where', { name: journal.name, engine: journal.engine })}
            </p>
            <p>{t('runbook.retired.about')}</p>
          </>
        }
      >
        <Field label={t('runbook.retired.type')} hint={<code>{folder}</code>}>
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(e) => setTyped(e.target.value)}
              className={cn(inputClasses, monoInput)}
            />
          )}
        </Field>
        {failure && <ProblemAlert problem={failure} />}
        <DialogActions>
          <DialogClose asChild>
            <Button>{t('ui.cancel')}</Button>
          </DialogClose>
          <Button variant="danger" busy={busy} impossible={!matches} className="[overflow-wrap:anywhere]" onClick={() => void purge()}>
            {t('runbook.retired.purgeOf', { folder })}
          </Button>
        </DialogActions>
      </DialogBox>
    </DialogRoot>
  );
}
