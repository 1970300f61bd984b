'use client';
import { keys } from '@/lib/client/keys';
import type { JocAnswer } from '@/lib/contract/joc';
import { ConfirmCall } from '../../ui/confirm-call';
import { t } from './t';

export function RemoveJoc({ joc, onClose }: { joc: JocAnswer; onClose: () => void }) {
  const used = joc.clusters.length > 0;
  return (
    <ConfirmCall
      method="DELETE"
      path={keys.joc(joc.id)}
      title={t('ui.jocs.remove', { name: joc.name })}
      button={t('ui.jocs.remove', { name: joc.name })}
      impossible={used ? t('ui.jocs.remove.used', { clusters: joc.clusters.join(', ') }) : undefined}
      onClose={onClose}
    >
      <p>{t('ui.jocs.remove.about')}</p>
    </ConfirmCall>
  );
}
