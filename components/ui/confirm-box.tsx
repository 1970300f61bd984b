'use client';
import { type ReactNode, useState } from 'react';
import { type CallFailure, call, type Method } from '@/lib/client/fetcher';
import { t } from '../text/t';
import { Alert } from './alert';
import { Button } from './button';
import { DialogActions, DialogBox, DialogClose, DialogRoot } from './dialog';
import { ProblemAlert } from './problem';

export interface ConfirmProps {
  readonly method: Method;
  readonly path: string;
  readonly body?: unknown;
  readonly title: string;
  /** Says what will happen, with its object. */
  readonly button: string;
  readonly danger?: boolean;
  /** Why it cannot be done. */
  readonly impossible?: string | undefined;
  readonly children: ReactNode;
  readonly onClose: (done: boolean) => void;
}

/** One question, one call; a refusal stays in the dialog. */
export function ConfirmBox({ method, path, body, title, button, danger = true, impossible, children, onClose }: ConfirmProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure>();
  const go = async () => {
    setBusy(true);
    const answer = await call(method, path, body);
    setBusy(false);
    if (answer.ok) onClose(true);
    else setFailure(answer.error);
  };
  return (
    <DialogRoot open onOpenChange={(open) => !open && onClose(false)}>
      <DialogBox title={title} description={children}>
        {impossible !== undefined && <Alert tone="note" title={impossible} id="confirm-why" />}
        {failure && <ProblemAlert problem={failure} />}
        <DialogActions>
          <DialogClose asChild>
            <Button>{t('ui.cancel')}</Button>
          </DialogClose>
          <Button
            variant={danger ? 'danger' : 'primary'}
            busy={busy}
            impossible={impossible !== undefined}
            aria-describedby={impossible === undefined ? undefined : 'confirm-why'}
            onClick={() => void go()}
            className="[overflow-wrap:anywhere]"
          >
            {button}
          </Button>
        </DialogActions>
      </DialogBox>
    </DialogRoot>
  );
}
