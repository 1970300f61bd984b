'use client';
import { CirclePlay, CircleQuestionMark } from 'lucide-react';
import type { RegisterDraft } from '@/lib/contract/joc';
import { Badge } from '../ui/badge';
import { Card, SectionHead } from '../ui/card';
import { blockError } from './block-error';
import { Caption, Line, wrongText } from './fields';
import { type FieldId, type Form, nameToGive, type Target, targetsOf, type Wrong, withHost } from './form-model';
import type { FormState } from './form-state';
import { t } from './t';
import { Accounts, TestResult } from './test-result';
import { WORD_ID, Word } from './word';

interface Props {
  readonly draft: RegisterDraft;
  readonly state: FormState;
  readonly wrong: ReadonlyMap<FieldId, Wrong>;
}

/** The one Controller that is registered under an address that never changes. */
export function LiveCard({ draft, state, wrong }: Props) {
  const { form, put, tests, test } = state;
  const targets = targetsOf(form, draft);
  const named = form.way === 'name';
  const give = nameToGive(form, draft);
  const use = (_: Target, url: string) => put(named ? { nameUrl: url } : { frontUrl: url });
  const answers = targets.flatMap(({ which, url }) => tests[`${which} ${url}`]?.answer ?? []);
  const error = wrongText(wrong.get('url.live'), form.alias) ?? blockError(targets[0], tests);
  return (
    <Card aria-labelledby="live" className="p-5 max-tab:p-4 grid gap-4">
      <SectionHead id="live" title={t('ui.reg.live')} aside={<LiveBadge draft={draft} />} />
      <div className="grid gap-x-8 gap-y-4 wide:grid-cols-2 items-start">
        <div className="grid gap-4 min-w-0">
          <Caption
            which="live"
            value={form.captions.live}
            wrong={wrong.get('caption.live')}
            onChange={(live) => put({ captions: { ...form.captions, live } })}
          />
          {named && (
            <div className="grid gap-4 tab:grid-cols-2">
              <Line
                field="alias"
                mono
                required
                label={t('ui.reg.alias')}
                hint={t('ui.reg.alias.hint')}
                value={form.alias}
                most={63}
                error={wrongText(wrong.get('alias'))}
                onChange={(alias) => put({ alias, nameUrl: withHost(form.nameUrl, alias.trim()) })}
              />
              <Line
                field="network"
                mono
                required
                label={t('ui.reg.network')}
                hint={t('ui.reg.network.hint')}
                value={form.network}
                error={wrong.has('network') ? wrongText('network') : undefined}
                onChange={(network) => put({ network })}
              />
            </div>
          )}
          <Line
            field="url.live"
            mono
            required
            label={t('ui.reg.url.live')}
            hint={t(named ? 'ui.reg.url.hint' : 'ui.reg.url.front.hint')}
            placeholder="http://host:4444"
            value={named ? form.nameUrl : form.frontUrl}
            error={error}
            onChange={(url) => put(named ? { nameUrl: url } : { frontUrl: url })}
          />
          {named && <GiveName give={give} form={form} put={put} />}
        </div>
        <div className="grid gap-4 min-w-0">
          <TestResult title={t('ui.reg.url.live')} targets={targets} tests={tests} onTest={() => void test(targets)} onUse={use} />
          <Accounts answers={answers} form={form} put={put} />
        </div>
      </div>
    </Card>
  );
}

export function LiveBadge({ draft }: { draft: RegisterDraft }) {
  if (draft.live === undefined)
    return (
      <Badge look="unknown" icon={CircleQuestionMark}>
        {t('ui.reg.live.nobody')}
      </Badge>
    );
  return (
    <Badge look="active" icon={CirclePlay}>
      {t('ui.reg.live.now', { live: t(`ui.slot.${draft.live}`) })}
    </Badge>
  );
}

/** A running container gets a name only by leaving the network for a moment: a person has to allow it. */
function GiveName({ give, form, put }: { give: 'yes' | 'no' | 'unknown'; form: Form; put: (part: Partial<Form>) => void }) {
  if (give === 'no') return <p className="text-data text-ink-2">{t('ui.reg.alias.carried')}</p>;
  return (
    <Word
      id={WORD_ID.interrupt}
      title={t('ui.reg.alias.giveTitle')}
      word={t('ui.reg.alias.may', { network: form.network })}
      given={form.mayInterrupt}
      onGive={(mayInterrupt) => put({ mayInterrupt })}
    >
      {t('ui.reg.alias.give')}
    </Word>
  );
}
