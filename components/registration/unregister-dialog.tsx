'use client';
import { Check, Trash2, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { CallFailure } from '@/lib/client/fetcher';
import { unregister } from '@/lib/client/use-jocs';
import type { RegisterDraft } from '@/lib/contract/joc';
import { Button } from '../ui/button';
import { cn } from '../ui/classes';
import { DialogActions, DialogBox, DialogClose, DialogRoot } from '../ui/dialog';
import { Field, inputClasses, monoInput } from '../ui/field';
import { ProblemAlert } from '../ui/problem';
import { type Audit, AuditFields } from './audit-fields';
import { auditOf, auditWrong } from './form-model';
import { refusedTitle } from './refused';
import { t } from './t';

const WHAT = [
  ['ui.reg.unregister.1', 'bad'],
  ['ui.reg.unregister.2', 'ok'],
  ['ui.reg.unregister.3', 'ok'],
  ['ui.reg.unregister.4', 'warn'],
] as const;
/** Only JOC Cockpit confirms a fail-over or a switch-over of a cluster that is registered there (controller-api 9). */
const WATCH = ['ui.reg.unregister.watch', 'bad'] as const;
const LOOK = { bad: ['text-bad', Trash2], ok: ['text-ok', Check], warn: ['text-warn', TriangleAlert] } as const;

interface Props {
  readonly clusterId: string;
  readonly draft: RegisterDraft;
  readonly joc: string;
  readonly onClose: (done: boolean) => void;
}

/** What unregistering deletes, and the Controller ID typed before it does. */
export function UnregisterDialog({ clusterId, draft, joc, onClose }: Props) {
  const id = draft.controllerId;
  const [audit, setAudit] = useState<Audit>({ comment: '', timeSpent: '', ticket: '' });
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure>();
  const follow = draft.registered?.follow;
  const what = follow?.kind === 'cluster' ? [WATCH, ...WHAT] : WHAT;
  const wrong = auditWrong(audit, draft.forceReasons);
  const need =
    typed.trim() !== id
      ? t('ui.reg.unregister.need', { id })
      : wrong.get('comment') === 'reason'
        ? t('ui.reg.unregister.need.reason')
        : undefined;
  const go = async () => {
    setBusy(true);
    setFailure(undefined);
    const answer = await unregister(clusterId, { confirm: typed.trim(), audit: auditOf(audit) });
    setBusy(false);
    if (answer.ok) onClose(true);
    else setFailure(answer.error);
  };
  return (
    <DialogRoot open onOpenChange={(open) => !open && onClose(false)}>
      <DialogBox
        className="max-w-[640px]!"
        title={t('ui.reg.unregister.ask', { id, joc })}
        description={
          <ul className="grid gap-1.5">
            {what.map(([text, look]) => {
              const [colour, Icon] = LOOK[look];
              return (
                <li key={text} className="grid grid-cols-[16px_minmax(0,1fr)] gap-2.5">
                  <Icon aria-hidden className={cn('size-4 mt-0.5', colour)} />
                  <span>{t(text)}</span>
                </li>
              );
            })}
            {follow?.kind === 'name' && (
              <li className="grid grid-cols-[16px_minmax(0,1fr)] gap-2.5">
                <TriangleAlert aria-hidden className="size-4 mt-0.5 text-warn" />
                <span className="[overflow-wrap:anywhere]">
                  {t('ui.reg.unregister.name', { alias: follow.alias, network: follow.network })}
                </span>
              </li>
            )}
          </ul>
        }
      >
        <AuditFields
          narrow
          audit={audit}
          put={(part) => setAudit((was) => ({ ...was, ...part }))}
          reasons={draft.reasons}
          forced={draft.forceReasons}
          wrong={wrong}
          tried={typed.trim() === id}
        />
        <Field label={t('ui.reg.unregister.type')} hint={id}>
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
        {failure && <ProblemAlert problem={failure} title={refusedTitle(failure, 'unregister')} />}
        <p id="unregister-need" className="text-meta text-ink-3">
          {need}
        </p>
        <DialogActions>
          <DialogClose asChild>
            <Button>{t('ui.cancel')}</Button>
          </DialogClose>
          <Button
            variant="danger"
            busy={busy}
            impossible={need !== undefined || wrong.size > 0}
            aria-describedby="unregister-need"
            onClick={() => void go()}
            className="[overflow-wrap:anywhere]"
          >
            {t('ui.reg.unregister.do', { id })}
          </Button>
        </DialogActions>
      </DialogBox>
    </DialogRoot>
  );
}
