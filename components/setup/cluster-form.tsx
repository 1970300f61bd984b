'use client';
import { useRouter } from 'next/navigation';
import { type FormEvent, useMemo, useRef, useState } from 'react';
import { type CallFailure, call } from '@/lib/client/fetcher';
import { useEngines } from '@/lib/client/use-engines';
import type { Candidate, ClusterTestAnswer } from '@/lib/contract/api';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { Card, SectionHead } from '../ui/card';
import { Field, inputClasses } from '../ui/field';
import { LinkButton } from '../ui/link-button';
import { ProblemAlert } from '../ui/problem';
import { AccessFields } from './access-fields';
import type { Use } from './candidate-table';
import { ChecksCard } from './checks';
import { EngineCandidates } from './engine-candidates';
import { EnginesCard } from './engines-card';
import { GuardField } from './guard-field';
import { inLabels } from './labels';
import { choose, type Draft, idOf, inputOf, keyOf, propose } from './model';
import { t } from './t';

interface FormProps {
  readonly draft: Draft;
  /** Present: an existing cluster is edited. */
  readonly clusterId?: string;
}

/** A cluster's settings: engines, who is who, access, tests, save. Writes to Handover's own store alone. */
export function ClusterForm({ draft: first, clusterId }: FormProps) {
  const router = useRouter();
  const { data: engines } = useEngines();
  const [draft, setDraft] = useState(first);
  const [touched, setTouched] = useState(clusterId !== undefined);
  const [nameTyped, setNameTyped] = useState(clusterId !== undefined);
  // A ref: two engines may tell what they have in one and the same render.
  const found = useRef<Readonly<Record<string, readonly Candidate[]>>>({});
  const [busy, setBusy] = useState<'test' | 'save'>();
  const [failure, setFailure] = useState<CallFailure>();
  const [failed, setFailed] = useState<'test' | 'save'>('save');
  const [tested, setTested] = useState<ClusterTestAnswer>();
  const input = useMemo(() => inputOf(draft), [draft]);
  const change = (next: Draft) => {
    setDraft(next);
    setTested(undefined);
    setFailure(undefined);
  };
  const onFound = (engineId: string, onEngine: readonly Candidate[]) => {
    found.current = { ...found.current, [engineId]: onEngine };
    // Proposed from what all engines have told so far, until a person chooses.
    const { primary, secondary } = propose(Object.values(found.current).flat());
    if (touched || !primary) return;
    setDraft((was) => ({
      ...was,
      name: nameTyped ? was.name : (idOf(primary) ?? was.name),
      primary: choose(was.primary, primary),
      secondary: choose(was.secondary, secondary),
    }));
  };
  const onUse = (candidate: Candidate, use: Use) => {
    setTouched(true);
    const without = (member: Draft['primary']) => (member.key === keyOf(candidate) ? choose(member, undefined) : member);
    const next = { ...draft, primary: without(draft.primary), secondary: without(draft.secondary) };
    change(use === 'none' ? next : { ...next, name: next.name || (idOf(candidate) ?? ''), [use]: choose(next[use], candidate) });
  };
  const roleOf = (candidate: Candidate): Use =>
    draft.primary.key === keyOf(candidate) ? 'primary' : draft.secondary.key === keyOf(candidate) ? 'secondary' : 'none';
  const test = async () => {
    setBusy('test');
    setFailed('test');
    setFailure(undefined);
    const answer = await call<ClusterTestAnswer>(
      'POST',
      `/api/clusters/test${clusterId ? `?id=${encodeURIComponent(clusterId)}` : ''}`,
      input,
    );
    setBusy(undefined);
    if (answer.ok) setTested(answer.value);
    else setFailure(answer.error);
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!input || busy) return;
    setBusy('save');
    setFailed('save');
    setFailure(undefined);
    const answer = await call<{ settings: { id: string } }>(
      clusterId ? 'PATCH' : 'POST',
      clusterId ? `/api/clusters/${clusterId}` : '/api/clusters',
      input,
    );
    if (answer.ok) return router.push(`/clusters/${answer.value.settings.id}`);
    setBusy(undefined);
    setFailure(answer.error);
  };
  const missing = draft.primary.key === '' ? t('ui.setup.needPrimary') : undefined;
  return (
    <form onSubmit={(event) => void save(event)} className="grid gap-6 max-tab:gap-4 grid-cols-[minmax(0,1fr)]" noValidate>
      <EnginesCard />
      <Card aria-labelledby="containers">
        <SectionHead
          id="containers"
          title={t('ui.setup.containers')}
          aside={t('ui.setup.containers.aside')}
          className="px-5 max-tab:px-4 pt-4 pb-1"
        />
        {engines?.map((engine) => (
          <EngineCandidates key={engine.id} engine={engine} onFound={onFound} roleOf={roleOf} onUse={onUse} />
        ))}
        <p className="px-5 max-tab:px-4 py-3 border-t border-line text-data text-ink-2">
          {draft.secondary.key === ''
            ? t('ui.setup.noSecondary')
            : t('ui.setup.both', { primary: draft.primary.key.split('/')[1] ?? '', secondary: draft.secondary.key.split('/')[1] ?? '' })}
        </p>
      </Card>
      <Card aria-labelledby="access">
        <SectionHead id="access" title={t('ui.setup.access')} className="px-5 max-tab:px-4 pt-4 pb-3" />
        <div className="grid gap-4 px-5 max-tab:px-4 pb-5">
          <Field label={t('ui.setup.name')} hint={t('ui.setup.name.hint')} error={failure?.fields.name} required className="max-w-md">
            {(control) => (
              <input
                {...control}
                className={inputClasses}
                value={draft.name}
                maxLength={64}
                autoComplete="off"
                onChange={(e) => {
                  setNameTyped(true);
                  change({ ...draft, name: e.target.value });
                }}
              />
            )}
          </Field>
          <AccessFields draft={draft} onChange={change} fields={failure?.fields ?? {}} />
        </div>
      </Card>
      <GuardField checked={draft.guardStops ?? false} onChange={(guardStops) => change({ ...draft, guardStops })} />
      <ChecksCard answer={tested} busy={busy === 'test'} />
      {failure && <ProblemAlert problem={inLabels(failure)} title={t(failed === 'test' ? 'ui.setup.notTested' : 'ui.setup.failed')} />}
      <div className="flex flex-wrap items-center gap-3 max-tab:*:w-full">
        <p className="mr-auto text-ink-2">{t('ui.setup.storeOnly')}</p>
        <LinkButton href={clusterId ? `/clusters/${clusterId}` : '/'}>{t('ui.cancel')}</LinkButton>
        <Button
          busy={busy === 'test'}
          impossible={missing !== undefined}
          aria-describedby={missing ? 'setup-missing' : undefined}
          onClick={() => void test()}
        >
          {t('ui.test')}
        </Button>
        <Button
          type="submit"
          variant="primary"
          busy={busy === 'save'}
          impossible={missing !== undefined}
          aria-describedby={missing ? 'setup-missing' : undefined}
        >
          {t(clusterId ? 'ui.save' : 'ui.setup.save')}
        </Button>
      </div>
      {missing !== undefined && <Alert tone="note" title={missing} id="setup-missing" />}
    </form>
  );
}
