'use client';
import { type FormEvent, useState } from 'react';
import { type CallFailure, call } from '@/lib/client/fetcher';
import { t } from '../text/t-people';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { DialogActions, DialogBox, DialogClose, DialogRoot } from '../ui/dialog';
import { Field } from '../ui/field';
import { PasswordInput } from '../ui/password';
import { ProblemAlert } from '../ui/problem';

/** One's own password: the old one is asked for again; all other sessions of the account end. */
export function OwnPassword({ onClose }: { onClose: () => void }) {
  const [oldPassword, setOld] = useState('');
  const [password, setNew] = useState('');
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [failure, setFailure] = useState<CallFailure>();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const answer = await call('PATCH', '/api/session', { oldPassword, password });
    setBusy(false);
    setDone(answer.ok);
    setFailure(answer.ok ? undefined : answer.error);
  };
  return (
    <DialogRoot open onOpenChange={(open) => !open && onClose()}>
      <DialogBox title={t('ui.account.password')} description={<p>{t('ui.account.password.about')}</p>}>
        {done ? (
          <>
            <Alert tone="ok" role="status" title={t('ui.account.password.done')} />
            <DialogActions>
              <DialogClose asChild>
                <Button>{t('ui.close')}</Button>
              </DialogClose>
            </DialogActions>
          </>
        ) : (
          <form noValidate onSubmit={(event) => void save(event)} className="grid gap-4">
            <Field label={t('ui.account.password.old')} error={failure?.fields.oldPassword} required>
              {(control) => (
                <PasswordInput {...control} value={oldPassword} autoComplete="current-password" onChange={(e) => setOld(e.target.value)} />
              )}
            </Field>
            <Field
              label={t('ui.account.password.new')}
              hint={t('ui.password.rule', { n: password.length })}
              error={failure?.fields.password}
              required
            >
              {(control) => (
                <PasswordInput {...control} value={password} autoComplete="new-password" onChange={(e) => setNew(e.target.value)} />
              )}
            </Field>
            {failure && Object.keys(failure.fields).length === 0 && <ProblemAlert problem={failure} />}
            <DialogActions>
              <DialogClose asChild>
                <Button>{t('ui.cancel')}</Button>
              </DialogClose>
              <Button type="submit" variant="primary" busy={busy}>
                {t('ui.account.password.do')}
              </Button>
            </DialogActions>
          </form>
        )}
      </DialogBox>
    </DialogRoot>
  );
}
