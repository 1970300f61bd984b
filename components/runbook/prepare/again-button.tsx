'use client';
import { RefreshCw } from 'lucide-react';
import { Button } from '../../ui/button';
import { t } from '../t-both';

export function AgainButton({ busy, onAgain }: { busy: boolean; onAgain: () => void }) {
  return (
    <Button busy={busy} onClick={onAgain}>
      {!busy && <RefreshCw aria-hidden />}
      {t('runbook.prepare.again')}
    </Button>
  );
}
