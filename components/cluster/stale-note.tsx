'use client';
import { m, t } from '../text/t';
import { Text } from '../text/text';
import { Alert } from '../ui/alert';
import { useLost } from './use-lost';

/** Nothing gets through from Handover: all below is from then, and says nothing of now. */
export function StaleNote() {
  const lost = useLost();
  if (!lost) return null;
  return (
    <Alert tone="unknown" role="alert" title={t('ui.stale.title')}>
      <Text of={m('ui.stale.why', { at: { as: 'time', value: lost.lastAt } })} />
    </Alert>
  );
}
