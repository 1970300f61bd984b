'use client';
import { PlugZap } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { type CallFailure, call } from '@/lib/client/fetcher';
import type { EngineAnswer, EngineTestAnswer } from '@/lib/contract/api';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { cn } from '../ui/classes';
import { Field, inputClasses, monoInput } from '../ui/field';
import { ProblemAlert } from '../ui/problem';
import { EngineAddressFields } from './engine-address-fields';
import { ENGINE_KINDS, type EngineDraft, emptyEngine, engineInput } from './engine-model';
import { counted, t } from './t-engine';

/** How to reach an engine: tested before it is saved; results stay in the form. `engine` = one that is edited (its address must be given anew: secrets are never shown). */
export function EngineForm({ engine, onDone }: { engine?: EngineAnswer; onDone: () => void }) {
  const group = useId();
  const [draft, setDraft] = useState<EngineDraft>({
    ...emptyEngine,
    name: engine?.name ?? '',
    kind: engine === undefined || engine.kind === 'rehearsal' ? 'socket' : engine.kind,
  });
  const [busy, setBusy] = useState<'test' | 'save'>();
  const [failure, setFailure] = useState<CallFailure>();
  const [tested, setTested] = useState<EngineTestAnswer>();
  const change = (next: EngineDraft) => {
    setDraft(next);
    setTested(undefined);
    setFailure(undefined);
  };
  const test = async () => {
    setBusy('test');
    const answer = await call<EngineTestAnswer>('POST', '/api/engines/test', engineInput(draft));
    setBusy(undefined);
    setTested(answer.ok ? answer.value : undefined);
    setFailure(answer.ok ? undefined : answer.error);
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy('save');
    const answer = await call(engine ? 'PATCH' : 'POST', engine ? `/api/engines/${engine.id}` : '/api/engines', engineInput(draft));
    setBusy(undefined);
    if (answer.ok) onDone();
    else setFailure(answer.error);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => void save(event)}
      className="grid gap-4 px-5 max-tab:px-4 py-4 border-t border-line bg-sunken/45 rounded-b-l"
    >
      <h3 className="font-semibold">{engine ? t('ui.engine.edit', { name: engine.name }) : t('ui.engine.add')}</h3>
      <fieldset className="min-w-0">
        <legend className="sr-only">{t('ui.engine.how')}</legend>
        <div className="grid gap-3 tab:grid-cols-2 desk:grid-cols-4">
          {ENGINE_KINDS.map((kind) => (
            <label
              key={kind}
              className="grid grid-cols-[18px_minmax(0,1fr)] content-start gap-x-2.5 px-4 py-3 bg-surface border border-line-strong rounded-m has-checked:border-accent has-checked:shadow-[inset_0_0_0_1px_var(--accent)] has-checked:bg-accent-soft"
            >
              <input
                type="radio"
                name={group}
                className="size-4 mt-0.5 accent-(--accent-fill)"
                checked={draft.kind === kind}
                onChange={() => change({ ...draft, kind })}
              />
              <b>{t(`ui.engine.${kind}`)}</b>
              <span className="col-start-2 text-data text-ink-2">{t(`ui.engine.${kind}.about`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="grid gap-4 tab:grid-cols-2">
        <Field label={t('ui.engine.name')} hint={t('ui.engine.name.hint')} error={failure?.fields.name} required>
          {(control) => (
            <input
              {...control}
              className={inputClasses}
              value={draft.name}
              maxLength={64}
              autoComplete="off"
              onChange={(e) => change({ ...draft, name: e.target.value })}
            />
          )}
        </Field>
        {draft.kind === 'socket' && (
          <Field label={t('ui.engine.path')} error={failure?.fields['address.path']} required>
            {(control) => (
              <input
                {...control}
                className={cn(inputClasses, monoInput)}
                value={draft.path}
                spellCheck={false}
                autoComplete="off"
                onChange={(e) => change({ ...draft, path: e.target.value })}
              />
            )}
          </Field>
        )}
      </div>
      {draft.kind !== 'socket' && <EngineAddressFields draft={draft} onChange={change} fields={failure?.fields ?? {}} />}
      {draft.kind === 'tcp' && (
        <Alert tone="warn" title={t('ui.engine.tcp.warning')}>
          {t('ui.engine.tcp.warning.why')}
        </Alert>
      )}
      {tested?.ok === true && (
        <Alert tone="ok" title={t('ui.engine.answers')} role="status">
          {t('ui.engine.tested', { version: tested.version ?? '?', api: tested.apiVersion ?? '?' })}{' '}
          {tested.controllers !== undefined && counted(tested.controllers, 'ui.found.n.one', 'ui.found.n.many')}
        </Alert>
      )}
      {tested?.ok === false && tested.problem && <ProblemAlert problem={tested.problem} title={t('ui.engine.notReached')} />}
      {failure && Object.keys(failure.fields).length === 0 && <ProblemAlert problem={failure} />}
      <div className="flex flex-wrap items-center gap-2 max-tab:*:w-full">
        <p className="mr-auto text-meta text-ink-3">{t('ui.engine.root')}</p>
        <Button variant="quiet" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
        <Button busy={busy === 'test'} onClick={() => void test()}>
          {busy !== 'test' && <PlugZap aria-hidden />}
          {t('ui.test')}
        </Button>
        <Button type="submit" busy={busy === 'save'}>
          {t(engine ? 'ui.save' : 'ui.engine.add')}
        </Button>
      </div>
    </form>
  );
}
