'use client';
import { CircleCheck, CirclePause, CircleQuestionMark, LoaderCircle } from 'lucide-react';
import type { JocAnswer } from '@/lib/contract/joc';
import { Text } from '../../text/text';
import { Status } from '../../ui/status';
import { m, t } from './t';

/** Does it answer, and is it the active one? */
export function JocState({ joc }: { joc: JocAnswer }) {
  if (joc.state === 'connecting')
    return (
      <Status tone="run" icon={LoaderCircle} turning>
        {t('ui.jocs.connecting')}
      </Status>
    );
  if (joc.state === 'up')
    return joc.facts?.active === false ? (
      <Status tone="warn" icon={CirclePause}>
        {t('ui.jocs.standby')}
      </Status>
    ) : (
      <Status tone="ok" icon={CircleCheck}>
        {t('ui.jocs.up')}
      </Status>
    );
  return (
    <Status tone="unknown" icon={CircleQuestionMark}>
      {joc.since === undefined ? t('ui.jocs.down') : <Text of={m('ui.jocs.downSince', { at: { as: 'time', value: joc.since } })} />}
    </Status>
  );
}
