'use client';
import { type FormEvent, useState } from 'react';
import { type CallFailure, call } from '@/lib/client/fetcher';
import type { AccountAnswer } from '@/lib/contract/api';
import type { AccountRole } from '@/lib/domain/account';
import { t } from '../text/t-people';
import { Button } from '../ui/button';
import { cn } from '../ui/classes';
import { Field, inputClasses } from '../ui/field';
import { PasswordInput } from '../ui/password';
import { ProblemAlert } from '../ui/problem';

/** A new account, or role and password of one. */
export function AccountForm({ account, onDone }: { account?: AccountAnswer; onDone: () => void }) {
  const [name, setName] = useState(account?.name ?? '');
  const [role, setRole] = useState<AccountRole>(account?.role ?? 'viewer');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure>();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const answer = account
      ? await call('PATCH', `/api/accounts/${encodeURIComponent(account.name)}`, { role, ...(password !== '' && { password }) })
      : await call('POST', '/api/accounts', { name, role, password });
    setBusy(false);
    if (answer.ok) onDone();
    else setFailure(answer.error);
  };
  return (
    <form noValidate onSubmit={(event) => void save(event)} className="grid gap-4 px-5 max-tab:px-4 py-4 border-t border-line bg-sunken/45">
      <h3 className="font-semibold">{account ? t('ui.account.edit', { name: account.name }) : t('ui.account.add')}</h3>
      <div className="grid gap-4 tab:grid-cols-3">
        {!account && (
          <Field label={t('ui.account')} error={failure?.fields.name} required>
            {(control) => (
              <input
                {...control}
                className={inputClasses}
                value={name}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                maxLength={64}
                onChange={(e) => setName(e.target.value)}
              />
            )}
          </Field>
        )}
        <Field label={t('ui.account.role')} error={failure?.fields.role}>
          {(control) => (
            <select {...control} className={cn(inputClasses)} value={role} onChange={(e) => setRole(e.target.value as AccountRole)}>
              {(['viewer', 'operator', 'admin'] as const).map((each) => (
                <option key={each} value={each}>
                  {t(`ui.role.${each}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field
          label={t('ui.login.password')}
          hint={account ? t('ui.account.password.keep') : t('ui.password.rule', { n: password.length })}
          error={failure?.fields.password}
          required={!account}
        >
          {(control) => (
            <PasswordInput {...control} value={password} autoComplete="new-password" onChange={(e) => setPassword(e.target.value)} />
          )}
        </Field>
      </div>
      {failure && Object.keys(failure.fields).length === 0 && <ProblemAlert problem={failure} />}
      <div className="flex flex-wrap justify-end gap-2 max-tab:*:w-full">
        <Button variant="quiet" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
        <Button type="submit" busy={busy}>
          {t(account ? 'ui.save' : 'ui.account.add')}
        </Button>
      </div>
    </form>
  );
}
