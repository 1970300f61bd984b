'use client';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { type CallFailure, call } from '@/lib/client/fetcher';
import { keys } from '@/lib/client/keys';
import { useWayBack } from '@/lib/client/use-runs';
import { useSession } from '@/lib/client/use-session';
import type { Slot } from '@/lib/domain/cluster/cluster';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Field, inputClasses } from '../../ui/field';
import { LinkButton } from '../../ui/link-button';
import { ProblemAlert } from '../../ui/problem';
import { slotName } from '../labels';
import { t } from '../way-back/t';

/** Begins the guided way back, or leads to the one that has no end. Beginning alone touches nothing. */
export function BeginWay({ id, keep }: { id: string; keep: Slot }) {
  const { data: way, refresh } = useWayBack(id);
  const may = useSession().may('operator');
  const router = useRouter();
  const [reason, setReason] = useState('');
  const [ticket, setTicket] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure>();
  const ready = may && reason.trim() !== '' && !/[<>]/.test(reason);
  const page = `/clusters/${id}/way-back` as const;
  async function begin(event: FormEvent) {
    event.preventDefault();
    if (!ready || busy) return;
    setBusy(true);
    setFailure(undefined);
    const body = { keep, reason: reason.trim(), ...(ticket.trim() && { ticket: ticket.trim() }) };
    const begun = await call('POST', keys.wayBack(id), body);
    // What its page would show first is what was asked for here: that there is none.
    if (begun.ok) await refresh();
    setBusy(false);
    if (begun.ok) router.push(page);
    else setFailure(begun.error);
  }
  const open = way?.kind === 'way' && way.ended === undefined;
  return (
    <Card aria-labelledby="begin-way" className="p-6 max-tab:p-4 grid gap-3">
      <h2 id="begin-way" className="text-section scroll-mt-4">
        {t('way.begin')}
      </h2>
      {open ? (
        <Alert tone="warn" title={t('way.begin.open')}>
          <LinkButton href={page} size="s" className="mt-1.5">
            {t('way.begin.openDo')}
          </LinkButton>
        </Alert>
      ) : (
        <form onSubmit={(event) => void begin(event)} className="grid gap-3 max-w-[640px]">
          <p className="text-data text-ink-2">{t('way.begin.about')}</p>
          <Field label={t('way.reason')} required>
            {(control) => (
              <input {...control} maxLength={255} value={reason} onChange={(e) => setReason(e.target.value)} className={inputClasses} />
            )}
          </Field>
          <Field label={t('way.ticket')}>
            {(control) => (
              <input {...control} maxLength={255} value={ticket} onChange={(e) => setTicket(e.target.value)} className={inputClasses} />
            )}
          </Field>
          {failure && <ProblemAlert problem={failure} title={t('way.refused')} />}
          <Button type="submit" variant="primary" busy={busy} impossible={!ready} className="justify-self-start">
            {t('way.begin.do', { keep: slotName(keep) })}
          </Button>
          {!may && <p className="text-meta text-ink-3">{t('ui.role.needsOperator')}</p>}
        </form>
      )}
    </Card>
  );
}
