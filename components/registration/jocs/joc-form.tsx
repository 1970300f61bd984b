'use client';
import { PlugZap } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { type CallFailure, call } from '@/lib/client/fetcher';
import { keys } from '@/lib/client/keys';
import type { JocAnswer, JocTestAnswer, JocTestInput } from '@/lib/contract/joc';
import { Text } from '../../text/text';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { cn } from '../../ui/classes';
import { Field, inputClasses, monoInput } from '../../ui/field';
import { PasswordInput } from '../../ui/password';
import { ProblemAlert } from '../../ui/problem';
import { FactsSentence } from './facts';
import { hostOf, type JocDraft, jocDraft, jocInput } from './joc-model';
import { t } from './t';
import { TlsFields } from './tls-fields';

interface Props {
  /** One that is edited. */
  readonly joc?: JocAnswer;
  readonly onDone: (saved?: JocAnswer) => void;
  /** There is nothing else to go back to. */
  readonly only?: boolean;
  readonly className?: string;
}

/** How Handover reaches a JOC Cockpit: tested before it is saved; the result and its reason stay in the form. */
export function JocForm({ joc, onDone, only, className }: Props) {
  const [draft, setDraft] = useState<JocDraft>(() => jocDraft(joc));
  const [busy, setBusy] = useState<'test' | 'save'>();
  const [failure, setFailure] = useState<CallFailure>();
  const [tested, setTested] = useState<JocTestAnswer>();
  const put = (part: Partial<JocDraft>) => {
    setDraft((was) => ({ ...was, ...part }));
    setTested(undefined);
    setFailure(undefined);
  };
  const test = async () => {
    setBusy('test');
    const named = draft.name.trim() === '' ? { ...draft, name: hostOf(draft.url) || 'JOC Cockpit' } : draft;
    const input: JocTestInput = { ...jocInput(named), ...(joc && { id: joc.id }) };
    const answer = await call<JocTestAnswer>('POST', keys.jocTest, input);
    setBusy(undefined);
    setTested(answer.ok ? answer.value : undefined);
    setFailure(answer.ok ? undefined : answer.error);
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy('save');
    const answer = await call<JocAnswer>(joc ? 'PATCH' : 'POST', joc ? keys.joc(joc.id) : keys.jocs, jocInput(draft));
    setBusy(undefined);
    if (answer.ok) onDone(answer.value);
    else setFailure(answer.error);
  };
  const kept = t(joc?.hasPassword === true ? 'ui.jocs.form.password.kept' : 'ui.jocs.form.password.stored');
  return (
    <form noValidate onSubmit={(event) => void save(event)} className={cn('grid gap-4', className)}>
      <h3 className="font-semibold">{joc ? t('ui.jocs.edit', { name: joc.name }) : t('ui.jocs.add')}</h3>
      <div className="grid gap-4 tab:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Field label={t('ui.jocs.form.url')} hint={t('ui.jocs.form.url.hint')} error={failure?.fields.url} required>
          {(control) => (
            <input
              {...control}
              type="url"
              className={cn(inputClasses, monoInput)}
              value={draft.url}
              spellCheck={false}
              autoComplete="off"
              onChange={(e) => put({ url: e.target.value })}
            />
          )}
        </Field>
        <Field label={t('ui.jocs.form.name')} hint={t('ui.jocs.form.name.hint')} error={failure?.fields.name} required>
          {(control) => (
            <input
              {...control}
              className={inputClasses}
              value={draft.name}
              maxLength={64}
              autoComplete="off"
              onChange={(e) => put({ name: e.target.value })}
            />
          )}
        </Field>
      </div>
      <div className="grid gap-4 tab:grid-cols-2">
        <Field label={t('ui.jocs.account')} hint={t('ui.jocs.form.account.hint')} error={failure?.fields.user} required>
          {(control) => (
            <input
              {...control}
              className={inputClasses}
              value={draft.user}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              onChange={(e) => put({ user: e.target.value })}
            />
          )}
        </Field>
        <Field label={t('ui.jocs.form.password')} hint={kept} error={failure?.fields.password}>
          {(control) => (
            <PasswordInput
              {...control}
              value={draft.password}
              autoComplete="new-password"
              onChange={(e) => put({ password: e.target.value })}
            />
          )}
        </Field>
      </div>
      <TlsFields draft={draft} put={put} hasKey={joc?.hasClientKey === true} fields={failure?.fields ?? {}} />
      {tested && <Tested answer={tested} user={draft.user} />}
      {failure && Object.keys(failure.fields).length === 0 && <ProblemAlert problem={failure} title={t('ui.jocs.form.failed')} />}
      <div className="flex flex-wrap items-center gap-2 max-tab:*:w-full">
        <p className="mr-auto text-meta text-ink-3">{t('ui.jocs.form.foot')}</p>
        {only !== true && (
          <Button variant="quiet" onClick={() => onDone()}>
            {t('ui.cancel')}
          </Button>
        )}
        <Button busy={busy === 'test'} onClick={() => void test()}>
          {busy !== 'test' && <PlugZap aria-hidden />}
          {t('ui.jocs.form.test')}
        </Button>
        <Button type="submit" busy={busy === 'save'}>
          {t(joc ? 'ui.jocs.form.save' : 'ui.jocs.add')}
        </Button>
      </div>
    </form>
  );
}

/** What the test found; for a failure its reason and what else may help. */
function Tested({ answer, user }: { answer: JocTestAnswer; user: string }) {
  const hints = answer.hints.length > 0 && (
    <ul className="mt-1 grid gap-1">
      {answer.hints.map((hint) => (
        <li key={JSON.stringify(hint)}>
          <Text of={hint} />
        </li>
      ))}
    </ul>
  );
  if (!answer.ok)
    return (
      <div className="grid gap-2" role="status">
        {answer.problem && <ProblemAlert problem={answer.problem} title={t('ui.jocs.form.fails')} />}
        {hints && (
          <Alert tone="note" title={t('ui.jocs.form.hints')}>
            {hints}
          </Alert>
        )}
      </div>
    );
  const well = answer.facts?.active === true && answer.facts.mayManage === 'yes';
  return (
    <Alert tone={well ? 'ok' : 'warn'} title={t('ui.jocs.form.works')} role="status">
      {answer.facts && <FactsSentence facts={answer.facts} user={user} />}
      {hints}
    </Alert>
  );
}
