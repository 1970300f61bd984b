'use client';
import { ChevronRight, CirclePlay, CircleStop, Info } from 'lucide-react';
import { useState } from 'react';
import { type CallFailure, call } from '@/lib/client/fetcher';
import { useSession } from '@/lib/client/use-session';
import type { ClusterView, NextStep as Next } from '@/lib/domain/cluster/view';
import { Text } from '../text/text';
import { Button, type ButtonProps } from '../ui/button';
import { Card } from '../ui/card';
import { cn } from '../ui/classes';
import { Command } from '../ui/command';
import { lazily } from '../ui/lazily';
import { LinkButton } from '../ui/link-button';
import { ProblemAlert } from '../ui/problem';
import { useActs } from './acts';
import { instanceAt } from './model';
import { t } from './t';

const FollowNow = lazily(() => import('../registration/follow-now').then((file) => file.FollowNow));

/** The recommended next step: what, why, and what a person would type instead. `loud` = the step out of an alarm, with its own button. */
export function NextStep({ view, next, loud }: { view: ClusterView; next: Next; loud?: boolean }) {
  return (
    <Card
      aria-labelledby="next"
      className={cn(
        'grid gap-x-8 gap-y-4 p-6 max-tab:p-4',
        loud === true && 'border-2! border-bad-line! wide:grid-cols-[minmax(0,1fr)_auto]',
      )}
    >
      <div className="min-w-0">
        <h2 id="next" className={loud === true ? 'text-verdict max-tab:text-[18px] max-tab:leading-6' : 'text-section'}>
          {loud !== true && <span className="text-ink-2 font-normal">{t('ui.next')} </span>}
          <Text of={next.title} />
        </h2>
        {next.reasons.length > 0 && (
          <ul className="grid gap-1.5 mt-2.5">
            {next.reasons.map((reason) => (
              <li key={reason.key} className="grid grid-cols-[16px_minmax(0,1fr)] gap-2.5">
                <Info aria-hidden className="size-4 mt-0.5 text-ink-3" />
                <span>
                  <Text of={reason} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
      {loud === true && (
        <div className="grid gap-2 content-start wide:min-w-[296px]">
          <NextButton
            view={view}
            next={next}
            variant={next.act === undefined ? 'default' : next.act.kind === 'start' ? 'primary' : 'danger'}
            size="l"
          />
          {next.act && <p className="text-meta text-ink-3 wide:text-center">{t('ui.next.asksOnce')}</p>}
        </div>
      )}
      {next.command !== undefined && (
        <details className="col-span-full border-t border-line pt-3">
          <summary className="inline-flex items-center gap-1 min-h-6 max-tab:min-h-11 text-accent">
            <ChevronRight aria-hidden className="chev size-3.5" />
            {t('ui.next.byHand')}
          </summary>
          <div className="mt-2">
            <Command>{next.command}</Command>
          </div>
        </details>
      )}
    </Card>
  );
}

/** The button of the next step; where the role does not allow it, it stays and says so. */
export function NextButton({ view, next, ...look }: { view: ClusterView; next: Next } & Pick<ButtonProps, 'variant' | 'size'>) {
  const { ask, showLogs } = useActs();
  const session = useSession();
  if (next.act) {
    const { kind, slot } = next.act;
    const name = instanceAt(view, slot)?.ref.name ?? '';
    const mayNot = !session.may('operator');
    return (
      <div className="grid gap-1">
        <Button
          {...look}
          impossible={mayNot}
          aria-describedby={mayNot ? 'next-role' : undefined}
          onClick={() => ask(kind, slot)}
          className="[overflow-wrap:anywhere]"
        >
          {kind === 'start' ? <CirclePlay aria-hidden /> : <CircleStop aria-hidden />}
          {t(`ui.act.${kind}.do`, { name })}
        </Button>
        {mayNot && (
          <p id="next-role" className="text-meta">
            {t('ui.role.needsOperator')}
          </p>
        )}
      </div>
    );
  }
  if (next.open === 'logs')
    return (
      <Button {...look} onClick={() => showLogs(suspect(view))}>
        {t('ui.open.logs')}
      </Button>
    );
  if (next.open === 'run' && view.run)
    return (
      <LinkButton {...look} href={`/runs/${view.run.runId}`}>
        {t('ui.open.run', { run: view.run.runId })}
      </LinkButton>
    );
  if (next.open === 'accept-lineage') return <AcceptLineage id={view.id} {...look} />;
  if (next.open === 'joc') return <FollowNow {...look} clusterId={view.id} />;
  if (next.open === 'engines')
    return (
      <LinkButton {...look} href="/settings#engines">
        {t('ui.open.engines')}
      </LinkButton>
    );
  if (next.open === 'journals')
    return (
      <LinkButton {...look} href={`/clusters/${view.id}/journals`}>
        {t('ui.open.journals')}
      </LinkButton>
    );
  if (next.open === undefined)
    return (
      <LinkButton {...look} href="#next">
        {t('ui.next.see')}
      </LinkButton>
    );
  if (next.open === 'add-secondary')
    return (
      <LinkButton {...look} href={`/clusters/${view.id}/set-up`}>
        {t('ui.secondary.add')}
      </LinkButton>
    );
  return (
    <LinkButton {...look} href={`/clusters/${view.id}/settings`}>
      {t('ui.open.settings')}
    </LinkButton>
  );
}

/** Whose log explains it: the one that is not well. */
const suspect = (view: ClusterView) => (view.secondary && view.primary.role === 'active' ? 'secondary' : 'primary');

function AcceptLineage({ id, ...look }: { id: string } & Pick<ButtonProps, 'variant' | 'size'>) {
  const may = useSession().may('admin');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure>();
  const accept = async () => {
    setBusy(true);
    const answer = await call('POST', `/api/clusters/${id}/accept-lineage`);
    setBusy(false);
    setFailure(answer.ok ? undefined : answer.error);
  };
  return (
    <div className="grid gap-2">
      <Button {...look} busy={busy} impossible={!may} aria-describedby={may ? undefined : 'lineage-role'} onClick={() => void accept()}>
        {t('ui.open.acceptLineage')}
      </Button>
      {!may && (
        <p id="lineage-role" className="text-meta">
          {t('ui.role.needsAdmin')}
        </p>
      )}
      {failure && <ProblemAlert problem={failure} />}
    </div>
  );
}
