'use client';
import { useLive } from '@/lib/client/use-live';
import { m, t } from '../text/t';
import { Text } from '../text/text';
import { Alert } from '../ui/alert';

/** Nothing gets through from Handover: all below is from then, and says nothing of now. */
export function StaleNote() {
  const live = useLive();
  if (live.state !== 'lost') return null;
  return (
    <Alert tone="unknown" role="alert" title={t('ui.stale.title')}>
      <Text of={m('ui.stale.why', { at: { as: 'time', value: live.lastAt || live.since } })} />
    </Alert>
  );
}
