'use client';
import { useState } from 'react';
import { useSession } from '@/lib/client/use-session';
import type { PrepareAnswer } from '@/lib/contract/runs';
import { Text } from '../../text/text';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { ConfirmCall } from '../../ui/confirm-call';
import { Field, inputClasses } from '../../ui/field';
import { m, t } from '../t';

interface Props {
  readonly clusterId: string;
  readonly lock: NonNullable<PrepareAnswer['heldLock']>;
  /** It is gone: everything is measured again. */
  readonly onGone: () => void;
}

/** Somebody else's lock: its evidence, and for an admin the way to remove it. */
export function HeldLock({ clusterId, lock, onGone }: Props) {
  const may = useSession().may('admin');
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const evidence = (
    <Text of={m('runbook.lock.evidence', { ...lock, since: { as: 'time', value: lock.since }, ago: { as: 'ago', value: lock.since } })} />
  );
  return (
    <Alert tone="warn" title={t('runbook.lock.held')}>
      <p>{evidence}</p>
      <p className="mt-1">{t('runbook.lock.about')}</p>
      {may ? (
        <Button size="s" className="mt-1.5" onClick={() => setAsking(true)}>
          {t('runbook.lock.do')}
        </Button>
      ) : (
        <p className="mt-1">{t('runbook.lock.admin')}</p>
      )}
      {asking && (
        <ConfirmCall
          method="POST"
          path={`/api/clusters/${encodeURIComponent(clusterId)}/lock/take-over`}
          body={{ tokens: lock.tokens, reason: reason.trim() }}
          title={t('runbook.lock.ask')}
          button={t('runbook.lock.do')}
          impossible={reason.trim() === '' ? t('runbook.lock.reason.missing') : undefined}
          onClose={(done) => {
            setAsking(false);
            if (done) onGone();
          }}
        >
          <p>{evidence}</p>
          <p>{t('runbook.lock.about')}</p>
          <Field label={t('runbook.lock.reason')} required>
            {(control) => (
              <input
                {...control}
                className={inputClasses}
                value={reason}
                maxLength={255}
                autoComplete="off"
                onChange={(e) => setReason(e.target.value)}
              />
            )}
          </Field>
        </ConfirmCall>
      )}
    </Alert>
  );
}
