'use client';
import { CircleCheck, CircleQuestionMark } from 'lucide-react';
import { useState } from 'react';
import type { JocAnswer, RegisterDraft } from '@/lib/contract/joc';
import { Code } from '../text/code';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { Card, SectionHead } from '../ui/card';
import { Fact, Facts } from '../ui/facts';
import { Field, inputClasses } from '../ui/field';
import { lazily } from '../ui/lazily';
import { LinkButton } from '../ui/link-button';
import { Status } from '../ui/status';
import { FactsSentence } from './jocs/facts';
import { t } from './t';
import { jocOf } from './verdict-model';

const JocForm = lazily(() => import('./jocs/joc-form').then((file) => file.JocForm));

interface Props {
  readonly draft: RegisterDraft;
  readonly may: boolean;
  /** Which JOC is meant, where there are several. */
  readonly onChoose: (jocId: string) => void;
  /** A connection was made or changed: ask anew. */
  readonly onChanged: (joc: JocAnswer) => void;
}

/** Which JOC Cockpit, whether it answers, what the account may; where there is none, the form that connects one. */
export function ConnectionCard({ draft, may, onChoose, onChanged }: Props) {
  const joc = jocOf(draft);
  const [open, setOpen] = useState(false);
  const shown = may && (open || draft.jocs.length === 0);
  return (
    <Card aria-labelledby="connection" className="p-5 max-tab:p-4 grid gap-4 scroll-mt-4">
      <SectionHead id="connection" title={t('ui.reg.connection')} aside={joc && <Answers joc={joc} />} />
      {draft.jocs.length > 1 && (
        <Field label={t('ui.reg.connection.which')} className="max-w-[420px]">
          {(control) => (
            <select {...control} className={inputClasses} value={joc?.id ?? ''} onChange={(e) => onChoose(e.target.value)}>
              {!joc && <option value="">–</option>}
              {draft.jocs.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.name}, {each.url}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {joc && !shown && (
        <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
          <Facts className="grow">
            <Fact name={t('ui.reg.connection.url')}>
              <Code>{joc.url}</Code>
            </Fact>
            <Fact name={t('ui.reg.connection.account')}>{joc.user}</Fact>
          </Facts>
          <div className="flex flex-wrap gap-2 max-tab:w-full max-tab:*:w-full">
            {may && <Button onClick={() => setOpen(true)}>{t('ui.reg.connection.change')}</Button>}
            <LinkButton href="/settings#jocs">{t('ui.reg.connection.all')}</LinkButton>
          </div>
        </div>
      )}
      {joc?.facts && joc.state !== 'down' && !shown && (
        <Alert
          tone={joc.facts.active && joc.facts.mayManage === 'yes' ? 'ok' : 'warn'}
          title={
            <span className="font-normal">
              <FactsSentence facts={joc.facts} user={joc.user} />
            </span>
          }
        />
      )}
      {joc?.problem && joc.state === 'down' && !shown && (
        <Alert tone="unknown" title={joc.problem.message}>
          {joc.problem.remedy}
        </Alert>
      )}
      {shown && (
        <JocForm
          key={joc?.id ?? 'new'}
          {...(joc && { joc })}
          onDone={(saved) => {
            setOpen(false);
            if (saved) onChanged(saved);
          }}
          {...(!joc && { only: true })}
        />
      )}
    </Card>
  );
}

function Answers({ joc }: { joc: JocAnswer }) {
  return joc.state === 'down' ? (
    <Status tone="unknown" icon={CircleQuestionMark} className="text-data">
      {t('ui.reg.connection.down')}
    </Status>
  ) : (
    <Status tone="ok" icon={CircleCheck} className="text-data">
      {t('ui.reg.connection.up')}
    </Status>
  );
}
