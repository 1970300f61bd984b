'use client';
import { Info } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { CallFailure } from '@/lib/client/fetcher';
import { register } from '@/lib/client/use-jocs';
import type { RegisterAnswer, RegisterDraft } from '@/lib/contract/joc';
import { SLOTS, type Slot } from '@/lib/domain/cluster/cluster';
import { Button } from '../ui/button';
import { Card, SectionHead } from '../ui/card';
import { LinkButton } from '../ui/link-button';
import { ProblemAlert } from '../ui/problem';
import { AuditFields } from './audit-fields';
import { Caption, controlId } from './fields';
import { focusField } from './focus';
import { type Form, inputOf, targetsOf, wrongOf } from './form-model';
import type { FormState } from './form-state';
import { LiveBadge, LiveCard } from './live-card';
import { NodeCard } from './node-card';
import { Notes } from './notes';
import { fieldName, isLost, refusedTitle } from './refused';
import { t } from './t';
import { failing, untested } from './test-model';
import { TypeCard } from './type-card';
import { jocOf, type Need, needOf } from './verdict-model';
import { WORD_ID } from './word';

interface Props {
  readonly clusterId: string;
  readonly draft: RegisterDraft;
  readonly state: FormState;
  readonly may: boolean;
  /** Both Controllers are a cluster already: their licence is proved. */
  readonly licensed: boolean;
  /** What each Controller does now. */
  readonly badges?: Partial<Record<Slot, ReactNode>>;
  readonly onSending: (is: boolean) => void;
  readonly onSent: (answer: RegisterAnswer) => void;
  /** Its answer was lost or refused: what is registered may have changed. */
  readonly onFailed: (lost: boolean) => void;
  /** Back to what is registered; absent: back to the cluster. */
  readonly onCancel?: () => void;
}

/** What a person can still give: the button leads there. */
const ASKED: readonly Need[] = ['fields', 'licence', 'passwords', 'interrupt', 'spelling', 'reason'];

/** The form as JOC Cockpit has it. It is tested before it is sent, and nothing is sent twice. */
export function RegisterForm({ clusterId, draft, state, may, licensed, badges, onSending, onSent, onFailed, onCancel }: Props) {
  const { form, tests, put, test } = state;
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<CallFailure>();
  const wrong = wrongOf(form, draft.forceReasons);
  const need = needOf(draft, form, tests, { may, licensed });
  const joc = jocOf(draft);
  const blocked = need !== undefined && !ASKED.includes(need);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (busy || blocked || !joc) return;
    if (need !== undefined) return focusOn(need, form, draft);
    setBusy(true);
    setFailure(undefined);
    const targets = targetsOf(form, draft);
    const tested = await test(untested(targets, tests));
    const [fails] = failing(targets, tested);
    if (fails) {
      setBusy(false);
      return focusField(controlId(fails.field));
    }
    onSending(true);
    const answer = await register(clusterId, inputOf(form, joc.id));
    setBusy(false);
    onSending(false);
    if (answer.ok) return onSent(answer.value);
    setFailure(answer.error);
    onFailed(isLost(answer.error));
  }

  const cluster = form.type === 'cluster';
  const both = cluster || form.way === 'update';
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="grid gap-6 max-tab:gap-4 grid-cols-[minmax(0,1fr)]">
      <TypeCard draft={draft} form={form} put={put} licensed={licensed} />
      {!both && <LiveCard draft={draft} state={state} wrong={wrong} />}
      {both && !cluster && (
        <Card aria-labelledby="live" className="p-5 max-tab:p-4 grid gap-4">
          <SectionHead id="live" title={t('ui.reg.live')} aside={<LiveBadge draft={draft} />} />
          <div className="max-w-[420px]">
            <Caption
              which="live"
              value={form.captions.live}
              wrong={wrong.get('caption.live')}
              onChange={(live) => put({ captions: { ...form.captions, live } })}
            />
          </div>
        </Card>
      )}
      {both && (
        <div className="grid gap-6 max-tab:gap-4 items-start grid-cols-[minmax(0,1fr)] wide:grid-cols-2">
          {SLOTS.map((slot) => (
            <NodeCard key={slot} slot={slot} draft={draft} state={state} wrong={wrong} badge={badges?.[slot]} />
          ))}
        </div>
      )}
      <Card aria-labelledby="audit" className="p-5 max-tab:p-4 grid gap-4">
        <SectionHead id="audit" title={t(cluster ? 'ui.reg.failover' : 'ui.reg.audit')} />
        {cluster && <ForceConfirmation form={form} put={put} />}
        <AuditFields audit={form} put={put} reasons={draft.reasons} forced={draft.forceReasons} wrong={wrong} tried={tried} />
      </Card>
      <Notes notes={draft.notes} />
      {failure && (
        <div className="grid gap-1">
          <ProblemAlert problem={failure} title={refusedTitle(failure, 'register')} />
          {isLost(failure) && <p className="text-ink-2">{t('ui.reg.refused.unknown.why')}</p>}
          {Object.entries(failure.fields).map(([name, wrong]) => (
            <p key={name} className="text-bad">
              {fieldName(name)}: {wrong}
            </p>
          ))}
        </div>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <p id="reg-foot" className="mr-auto max-w-[80ch] grid grid-cols-[16px_minmax(0,1fr)] gap-2 text-ink-2">
          <Info aria-hidden className="size-4 mt-0.5 text-ink-3" />
          <span>{need !== undefined && (blocked || tried) ? t(`ui.reg.need.${need}`) : foot(form)}</span>
        </p>
        <div className="flex flex-wrap gap-2 max-tab:w-full max-tab:*:w-full">
          {onCancel ? (
            <Button onClick={onCancel}>{t('ui.reg.cancel')}</Button>
          ) : (
            <LinkButton href={`/clusters/${clusterId}`}>{t('ui.reg.cancel')}</LinkButton>
          )}
          <Button type="submit" variant={blocked ? 'default' : 'primary'} busy={busy} impossible={blocked} aria-describedby="reg-foot">
            {t('ui.reg.submit')}
          </Button>
        </div>
      </div>
    </form>
  );
}

const foot = (form: Form): string => t(form.type === 'autonomous' && form.way === 'name' ? 'ui.reg.foot.name' : 'ui.reg.foot');

function ForceConfirmation({ form, put }: { form: Form; put: (part: Partial<Form>) => void }) {
  return (
    <label className="flex items-start gap-2.5 min-h-6">
      <input
        type="checkbox"
        className="size-4 mt-0.5 flex-none accent-(--accent-fill)"
        checked={form.forceConfirmation}
        onChange={(e) => put({ forceConfirmation: e.target.checked })}
      />
      <span>
        {t('ui.reg.force')}
        <span className="block text-meta text-ink-3">{t('ui.reg.force.hint')}</span>
      </span>
    </label>
  );
}

/** To what is missing: a button that does nothing leads nowhere. */
function focusOn(need: Need, form: Form, draft: RegisterDraft): void {
  const [first] = wrongOf(form, draft.forceReasons).keys();
  const words: Partial<Record<Need, string>> = {
    interrupt: WORD_ID.interrupt,
    licence: WORD_ID.licence,
    passwords: WORD_ID.passwords,
    spelling: WORD_ID.spelling,
    reason: controlId('comment'),
  };
  const id = words[need] ?? (first && controlId(first));
  if (id !== undefined) focusField(id);
}
