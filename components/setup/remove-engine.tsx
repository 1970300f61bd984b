'use client';
import type { EngineAnswer } from '@/lib/contract/api';
import { ConfirmCall } from '../ui/confirm-call';
import { t } from './t';

export function RemoveEngine({ engine, onClose }: { engine: EngineAnswer; onClose: () => void }) {
  const used = engine.clusters.length > 0;
  return (
    <ConfirmCall
      method="DELETE"
      path={`/api/engines/${encodeURIComponent(engine.id)}`}
      title={t('ui.engine.remove', { name: engine.name })}
      button={t('ui.engine.remove', { name: engine.name })}
      impossible={used ? t('ui.engine.remove.used', { clusters: engine.clusters.join(', ') }) : undefined}
      onClose={onClose}
    >
      <p>{t('ui.engine.remove.about')}</p>
    </ConfirmCall>
  );
}
