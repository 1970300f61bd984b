'use client';
import { useState } from 'react';
import { useFollow } from '@/lib/client/use-jocs';
import { useSession } from '@/lib/client/use-session';
import { Text } from '../text/text';
import { Alert } from '../ui/alert';
import { Button, type ButtonProps } from '../ui/button';
import { ProblemAlert } from '../ui/problem';
import { t } from './t-joc';

/** One click: JOC Cockpit follows the live Controller, proved. May be repeated. A container that runs is given the name only after a person's word. */
export function FollowNow({
  clusterId,
  finish,
  onDone,
  ...look
}: { clusterId: string; finish?: boolean; onDone?: () => void } & Pick<ButtonProps, 'variant' | 'size'>) {
  const follow = useFollow(clusterId);
  const may = useSession().may('operator');
  const [interrupt, setInterrupt] = useState(false);
  const asks = follow.failure?.code === 'CONFLICT';
  const go = async () => {
    await follow.go(interrupt ? { mayInterrupt: true } : {});
    onDone?.();
  };
  return (
    <div className="grid gap-2 justify-items-start min-w-0">
      <Button
        {...look}
        busy={follow.busy}
        impossible={!may || (asks && !interrupt)}
        aria-describedby={may ? undefined : 'follow-role'}
        onClick={() => void go()}
      >
        {t(finish === true ? 'ui.joc.follow.finish' : 'ui.joc.follow.do')}
      </Button>
      {!may && (
        <p id="follow-role" className="text-meta text-ink-3">
          {t('ui.role.needsOperator')}
        </p>
      )}
      {follow.busy && (
        <p role="status" className="text-data text-ink-2">
          {t('ui.joc.follow.busy')}
        </p>
      )}
      {follow.failure && (
        <div className="grid gap-2 text-ink">
          <ProblemAlert problem={follow.failure} title={t('ui.joc.follow.failed')} />
          {asks && (
            <label className="flex items-start gap-2.5 min-h-6 max-tab:min-h-11">
              <input
                type="checkbox"
                className="size-4 mt-0.5 flex-none accent-(--accent-fill)"
                checked={interrupt}
                onChange={(e) => setInterrupt(e.target.checked)}
              />
              {t('ui.joc.follow.may')}
            </label>
          )}
        </div>
      )}
      {follow.answer && (
        <Alert
          role="status"
          tone={follow.answer.outcome === 'proved' ? 'ok' : 'run'}
          title={t(follow.answer.outcome === 'proved' ? 'ui.joc.follow.done' : 'ui.joc.follow.waiting')}
          className="text-ink"
        >
          <Text of={follow.answer.message} />
        </Alert>
      )}
    </div>
  );
}
