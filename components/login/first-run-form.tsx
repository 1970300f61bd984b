'use client';
import { type FormEvent, useEffect, useState } from 'react';
import { type CallFailure, call } from '@/lib/client/fetcher';
import type { ClusterView } from '@/lib/domain/cluster/view';
import { t } from '../text/t-people';
import { Button } from '../ui/button';
import { cn } from '../ui/classes';
import { Field, inputClasses, monoInput } from '../ui/field';
import { PasswordInput } from '../ui/password';
import { ProblemAlert } from '../ui/problem';
import { NameField } from './name-field';
import { placeToGo } from './place';

/** The code stands in the fragment (`#code=…`), which no server and no log ever sees. */
const codeIn = (hash: string): string => new URLSearchParams(hash.slice(1)).get('code') ?? '';

/** A demo begins on its one rehearsal cluster; everything else with the list. */
async function firstPlace(): Promise<string> {
  const answer = await call<{ data: readonly Pick<ClusterView, 'id' | 'world'>[] }>('GET', '/api/clusters');
  const [only, second] = answer.ok ? answer.value.data : [];
  return only?.world === 'rehearsal' && !second ? `/clusters/${only.id}` : '/';
}

/** First start: the one-time code of the console, and the account that may do everything. */
export function FirstRunForm({ from }: { from: string | undefined }) {
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure>();
  useEffect(() => {
    const found = codeIn(window.location.hash);
    if (found === '') return;
    setCode(found);
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
  }, []);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const answer = await call('POST', '/api/first-run', { code, name, password });
    if (answer.ok) return window.location.assign(from === undefined ? await firstPlace() : placeToGo(from));
    setBusy(false);
    setFailure(answer.error);
  };
  const refused = failure?.code === 'CODE_REFUSED';
  const codeError = failure?.fields.code ?? (refused ? failure.message : undefined);
  return (
    <form
      noValidate
      aria-label={t('ui.first.title')}
      onSubmit={(event) => void send(event)}
      className="grid gap-4 p-6 max-tab:p-4 bg-surface border border-line rounded-l"
    >
      <Field label={t('ui.first.code')} hint={t('ui.first.code.hint')} error={codeError} required>
        {(control) => (
          <input
            {...control}
            className={cn(inputClasses, monoInput)}
            value={code}
            autoComplete="one-time-code"
            autoCapitalize="characters"
            spellCheck={false}
            onChange={(e) => setCode(e.target.value)}
          />
        )}
      </Field>
      <NameField fresh value={name} onChange={setName} error={failure?.fields.name} />
      <Field label={t('ui.login.password')} hint={t('ui.password.rule', { n: password.length })} error={failure?.fields.password} required>
        {(control) => (
          <PasswordInput
            {...control}
            name="password"
            value={password}
            autoComplete="new-password"
            onChange={(e) => setPassword(e.target.value)}
          />
        )}
      </Field>
      {failure && codeError === undefined && Object.keys(failure.fields).length === 0 && <ProblemAlert problem={failure} />}
      <Button type="submit" variant="primary" size="l" busy={busy}>
        {t('ui.first.do')}
      </Button>
      <p className="text-meta text-ink-3">{t('ui.first.foot')}</p>
    </form>
  );
}
