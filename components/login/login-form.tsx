'use client';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type CallFailure, call } from '@/lib/client/fetcher';
import { t } from '../text/t-people';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { PasswordInput } from '../ui/password';
import { NameField } from './name-field';
import { placeToGo } from './place';

/** Sign in. A refused attempt stands in the form; after too many the form says for how long it waits. */
export function LoginForm({ from }: { from: string | undefined }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure>();
  const [wait, setWait] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (wait <= 0) return;
    const next = setTimeout(() => setWait(wait - 1), 1000);
    return () => clearTimeout(next);
  }, [wait]);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || wait > 0) return;
    setBusy(true);
    const answer = await call('POST', '/api/session', { name, password });
    if (answer.ok) return window.location.assign(placeToGo(from));
    setBusy(false);
    setPassword('');
    setFailure(answer.error);
    setWait(answer.error.retryAfter ?? 0);
    form.current?.querySelector<HTMLInputElement>('[autocomplete="current-password"]')?.focus();
  };
  const refused = failure?.code === 'LOGIN_REFUSED';
  return (
    <form
      ref={form}
      noValidate
      aria-label={t('ui.login.do')}
      onSubmit={(event) => void send(event)}
      className="grid gap-4 p-6 max-tab:p-4 bg-surface border border-line rounded-l"
    >
      {failure && (
        <Alert tone={failure.code === 'HANDOVER_UNREACHABLE' ? 'unknown' : 'bad'} role="alert" title={t('ui.login.refused')}>
          {refused ? t('ui.login.wrong') : failure.message} {!refused && failure.remedy}{' '}
          {wait > 0 && <span>{t('ui.login.wait', { n: wait })}</span>}
        </Alert>
      )}
      <NameField value={name} onChange={setName} />
      <Field label={t('ui.login.password')}>
        {(control) => (
          <PasswordInput
            {...control}
            name="password"
            {...(refused && { 'aria-invalid': true })}
            value={password}
            autoComplete="current-password"
            onChange={(e) => setPassword(e.target.value)}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="l" busy={busy} impossible={wait > 0}>
        {t('ui.login.do')}
      </Button>
    </form>
  );
}
