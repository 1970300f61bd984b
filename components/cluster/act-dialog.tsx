'use client';
import { CirclePlay, CircleStop } from 'lucide-react';
import { useState } from 'react';
import { type CallFailure, call } from '@/lib/client/fetcher';
import { keys } from '@/lib/client/keys';
import type { ClusterView, InstanceView } from '@/lib/domain/cluster/view';
import { m, t } from '../text/t-later';
import { Text } from '../text/text';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { DialogActions, DialogBox, DialogClose, DialogRoot } from '../ui/dialog';
import { ProblemAlert } from '../ui/problem';
import type { Act } from './acts';
import { instanceAt, twoAlive } from './model';

/** A stop waits for the Controller to end by itself, then Docker's own limit: 120 s, and some to answer. */
const PATIENCE_MS = 150_000;

/** Asks once before one instance is started or stopped; names container and host. What comes of it shows on the page, not here. */
export function ActDialog({ view, act, instance, onClose }: { view: ClusterView; act: Act; instance: InstanceView; onClose: () => void }) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure>();
  const name = instance.ref.name;
  const other =
    twoAlive(view) && act === 'stop' ? instanceAt(view, instance.slot === 'primary' ? 'secondary' : 'primary')?.ref.name : undefined;
  const proposed = view.next?.act?.kind === 'stop' ? view.next.act.slot : undefined;
  const doubtful = other !== undefined && proposed !== instance.slot;
  const [sure, setSure] = useState(false);
  const note = instance.actions.find(({ kind }) => kind === act)?.note;
  const go = async () => {
    setBusy(true);
    setFailure(undefined);
    const answer = await call('POST', keys.instance(view.id, instance.slot, act), act === 'stop' ? {} : undefined, {
      timeoutMs: PATIENCE_MS,
    });
    setBusy(false);
    if (answer.ok) onClose();
    else setFailure(answer.error);
  };
  return (
    <DialogRoot open onOpenChange={(open) => !open && onClose()}>
      <DialogBox
        title={t(`ui.act.${act}.ask`, { name })}
        description={
          <>
            <p>
              <Text
                of={m('ui.act.where', {
                  slot: t(`ui.slot.${instance.slot}`),
                  name: { as: 'name', value: name },
                  engine: { as: 'name', value: instance.docker.engineName },
                })}
              />
            </p>
            {note && (
              <p>
                <Text of={note} />.
              </p>
            )}
          </>
        }
      >
        {doubtful && (
          <>
            <Alert tone="bad" title={t(proposed === undefined ? 'ui.act.undecided' : 'ui.act.notProposed')}>
              <ul className="grid gap-1 list-disc pl-4 [overflow-wrap:anywhere]">
                <li>{t('ui.act.loses.this', { name, other })}</li>
                <li>{t('ui.act.loses.other', { other })}</li>
                <li>{t('ui.act.loses.none')}</li>
              </ul>
            </Alert>
            <label className="grid grid-cols-[auto_minmax(0,1fr)] gap-2.5 items-start min-h-6 max-tab:min-h-11">
              <input type="checkbox" className="mt-0.5 size-4" checked={sure} onChange={(e) => setSure(e.target.checked)} />
              <span className="[overflow-wrap:anywhere]">{t('ui.act.decided', { other })}</span>
            </label>
          </>
        )}
        {failure && <ProblemAlert problem={failure} title={t(`ui.act.${act}.failed`, { name })} />}
        {busy && (
          <p role="status" className="text-data text-ink-2">
            {t(`ui.act.${act}.busy`)}
          </p>
        )}
        <DialogActions>
          <DialogClose asChild>
            <Button>{busy ? t('ui.act.closeMeanwhile') : t(`ui.act.${act}.keep`)}</Button>
          </DialogClose>
          <Button
            variant={act === 'stop' ? 'danger' : 'primary'}
            busy={busy}
            impossible={doubtful && !sure}
            onClick={() => void go()}
            className="[overflow-wrap:anywhere]"
          >
            {act === 'stop' ? !busy && <CircleStop aria-hidden /> : !busy && <CirclePlay aria-hidden />}
            {t(`ui.act.${act}.do`, { name })}
          </Button>
        </DialogActions>
      </DialogBox>
    </DialogRoot>
  );
}
