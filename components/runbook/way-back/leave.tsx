'use client';
import { useState } from 'react';
import { keys } from '@/lib/client/keys';
import { Button } from '../../ui/button';
import { ConfirmCall } from '../../ui/confirm-call';
import { Field, inputClasses } from '../../ui/field';
import { t } from './t';

/** Ends it here: a person goes on by hand. */
export function Leave({ clusterId, may, again }: { clusterId: string; may: boolean; again: () => Promise<void> }) {
  const [asks, setAsks] = useState(false);
  const [why, setWhy] = useState('');
  return (
    <>
      <Button impossible={!may} onClick={() => setAsks(true)}>
        {t('way.leave')}
      </Button>
      {asks && (
        <ConfirmCall
          method="POST"
          path={keys.wayBack(clusterId, 'leave')}
          body={{ why: why.trim() }}
          title={t('way.leave.sure')}
          button={t('way.leave')}
          impossible={why.trim() === '' ? t('way.leave.whyField') : undefined}
          onClose={() => {
            setAsks(false);
            void again();
          }}
        >
          <span className="grid gap-3">
            <span>{t('way.leave.sure.why')}</span>
            <Field label={t('way.leave.whyField')}>
              {(control) => (
                <input {...control} maxLength={255} value={why} onChange={(e) => setWhy(e.target.value)} className={inputClasses} />
              )}
            </Field>
          </span>
        </ConfirmCall>
      )}
    </>
  );
}
