'use client';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { Text } from '../text/text';
import { Button } from '../ui/button';
import { LinkButton } from '../ui/link-button';
import { Verdict } from '../ui/verdict';
import { controlId } from './fields';
import { focusField } from './focus';
import { FollowNow } from './follow-now';
import { t } from './t';
import type { Said } from './verdict-model';

/** What is the case, why, and the one button that leads on. */
export function RegisterVerdict({ said, clusterId, onAgain }: { said: Said; clusterId: string; onAgain: () => Promise<void> }) {
  const { action } = said;
  const [busy, setBusy] = useState(false);
  const again = async () => {
    setBusy(true);
    await onAgain();
    setBusy(false);
  };
  const button =
    action?.kind === 'field' ? (
      <Button variant="primary" onClick={() => focusField(controlId(action.field))}>
        {t('ui.reg.v.toField')}
      </Button>
    ) : action?.kind === 'connect' ? (
      <LinkButton variant="primary" href="#connection">
        {t('ui.reg.v.none.do')}
      </LinkButton>
    ) : action?.kind === 'follow' ? (
      <FollowNow clusterId={clusterId} variant="primary" onDone={() => void onAgain()} />
    ) : action?.kind === 'again' ? (
      <Button busy={busy} onClick={() => void again()}>
        {!busy && <RefreshCw aria-hidden />}
        {t('ui.reg.again')}
      </Button>
    ) : undefined;
  return (
    <Verdict
      tone={said.tone}
      title={<Text of={said.title} />}
      why={said.why && <Text of={said.why} />}
      news={[said.title, ...(said.why ? [said.why] : [])]}
      action={button}
    />
  );
}
