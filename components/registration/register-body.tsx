'use client';
import { useEffect, useState } from 'react';
import { useSession } from '@/lib/client/use-session';
import type { RegisterAnswer, RegisterDraft } from '@/lib/contract/joc';
import type { ClusterView } from '@/lib/domain/cluster/view';
import type { JocView } from '@/lib/domain/joc/view';
import { badgeIcon, LOOK } from '../cluster/icons';
import { instanceAt } from '../cluster/model';
import { Text } from '../text/text';
import { Alert } from '../ui/alert';
import { Badge } from '../ui/badge';
import { ConnectionCard } from './connection-card';
import { DriftTable } from './drift-table';
import { useForm } from './form-state';
import { RegisterForm } from './register-form';
import { RegisterVerdict } from './register-verdict';
import { RegisteredCard } from './registered-card';
import { m, t } from './t';
import { isForeign, jocOf, jocTrouble, type Said, saidOfForm, saidOfRegistered } from './verdict-model';

interface Props {
  readonly cluster: ClusterView;
  readonly draft: RegisterDraft;
  /** JOC's word now: by the stream where it brings one, else as it was asked. */
  readonly view: JocView | undefined;
  readonly onChoose: (jocId: string) => void;
  readonly again: () => Promise<void>;
}

/** The page once it is known how things stand: registered, or the form that registers. */
export function RegisterBody({ cluster, draft, view, onChoose, again }: Props) {
  const may = useSession().may('admin');
  const state = useForm(cluster.id, draft, may);
  const [editing, setEditing] = useState(false);
  const [sending, setSending] = useState(false);
  const [sent, setSent] = useState<{ answer: RegisterAnswer; at: number }>();
  const trouble = jocTrouble(draft);
  const known = draft.registered !== undefined && view !== undefined && view.registered !== 'no';
  const formShown = may && trouble === undefined && jocOf(draft) !== undefined && (editing || !known);
  const follows = view?.says.some(({ proxy }) => proxy === 'follows') === true || view?.clusterStatus?.severity === 0;
  const waiting = sent?.answer.outcome === 'not-yet' && !follows;
  const verdict = useSentFocus(sent?.at);

  const said: Said = (() => {
    const joc = jocOf(draft)?.name ?? '';
    if (sending) return { tone: 'run', title: m('ui.reg.v.sending', { joc }), why: m('ui.reg.v.sending.why') };
    if (waiting) return { tone: 'run', title: m('ui.reg.v.waiting'), why: m('ui.reg.v.waiting.why') };
    if (known && view && !editing) return saidOfRegistered(draft, view);
    if (trouble) return may ? trouble : withoutForm(trouble);
    if (!jocOf(draft)) return { tone: 'warn', title: m('ui.reg.v.which'), why: m('ui.reg.v.which.why'), action: { kind: 'connect' } };
    if (!formShown) return { tone: 'warn', title: m('ui.reg.v.not', { joc }), why: m('ui.reg.v.not.why') };
    const ofForm = saidOfForm(draft, state.form, state.tests, editing);
    if (ofForm.tone === 'bad' || ofForm.tone === 'run') return ofForm;
    if (draft.registered && view?.registered === 'no') return { tone: 'bad', title: m('ui.reg.v.gone'), why: m('ui.reg.v.gone.why') };
    if (isForeign(draft)) return { tone: 'warn', title: m('ui.reg.v.foreign'), why: m('ui.reg.v.foreign.why') };
    return ofForm;
  })();

  return (
    <>
      <div ref={verdict} tabIndex={-1} className="rounded-l outline-offset-2">
        <RegisterVerdict said={said} clusterId={cluster.id} onAgain={again} />
      </div>
      {!may && (
        <Alert tone="note" title={t('ui.reg.viewer')}>
          {t('ui.reg.viewer.why')}
        </Alert>
      )}
      {sent && (sent.answer.outcome === 'proved' || follows) && (
        <Alert tone="ok" role="status" title={t('ui.reg.done')}>
          {sent.answer.outcome === 'proved' ? <Text of={sent.answer.message} /> : t('ui.reg.proved')}
        </Alert>
      )}
      {waiting && sent && (
        <Alert tone="run" role="status" title={t('ui.reg.waiting')}>
          <Text of={sent.answer.message} /> <Text of={m('ui.reg.waiting.since', { at: { as: 'time', value: sent.at } })} />
        </Alert>
      )}
      <ConnectionCard
        draft={draft}
        may={may}
        onChoose={onChoose}
        onChanged={(joc) => {
          if (draft.jocs.length === 0) onChoose(joc.id);
          void again();
        }}
      />
      {known && view && !editing && draft.registered && (
        <RegisteredCard
          clusterId={cluster.id}
          draft={draft}
          view={view}
          follow={draft.registered.follow}
          may={may && trouble === undefined}
          onChange={() => setEditing(true)}
          onUnregistered={() => {
            setSent(undefined);
            void again();
          }}
        />
      )}
      {view && view.registered === 'yes' && <DriftTable view={view} />}
      {formShown && (
        <RegisterForm
          clusterId={cluster.id}
          draft={draft}
          state={state}
          may={may}
          licensed={cluster.kind === 'licensed'}
          badges={{ primary: <Badges cluster={cluster} slot="primary" />, secondary: <Badges cluster={cluster} slot="secondary" /> }}
          onSending={setSending}
          onSent={(answer) => {
            setSent({ answer, at: Date.now() });
            setEditing(false);
            void again();
          }}
          onFailed={() => void again()}
          {...(editing ? { onCancel: () => setEditing(false) } : {})}
        />
      )}
    </>
  );
}

/** Those who may not connect get no button that would. */
const withoutForm = ({ action, ...said }: Said): Said => ({
  ...said,
  ...(action?.kind === 'again' && { action }),
  ...(said.title.key === 'ui.reg.v.none' && { why: m('ui.reg.v.none.viewer') }),
});

function Badges({ cluster, slot }: { cluster: ClusterView; slot: 'primary' | 'secondary' }) {
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      {instanceAt(cluster, slot)?.badges.map((badge) => (
        <Badge key={badge.word.key} look={LOOK[badge.tone]} icon={badgeIcon(badge)} turning={badge.tone === 'run'}>
          <Text of={badge.word} />
        </Badge>
      ))}
    </span>
  );
}

/** After it was sent the focus goes to the sentence that says what came of it. */
function useSentFocus(at: number | undefined) {
  const [box, setBox] = useState<HTMLDivElement | null>(null);
  useEffect(() => {
    if (at !== undefined) box?.focus();
  }, [at, box]);
  return setBox;
}
