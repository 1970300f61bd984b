'use client';
import type { ReactNode } from 'react';
import type { RegisterDraft } from '@/lib/contract/joc';
import type { Slot } from '@/lib/domain/cluster/cluster';
import { Card, SectionHead } from '../ui/card';
import { blockError } from './block-error';
import { Caption, Line, wrongText } from './fields';
import { type FieldId, type Target, targetsOf, type Wrong, withoutOther } from './form-model';
import type { FormState } from './form-state';
import { Proposals } from './proposals';
import { t } from './t';
import { Accounts, TestResult } from './test-result';
import { WORD_ID, Word } from './word';

interface Props {
  readonly slot: Slot;
  readonly draft: RegisterDraft;
  readonly state: FormState;
  readonly wrong: ReadonlyMap<FieldId, Wrong>;
  /** What it does now. */
  readonly badge?: ReactNode;
}

/** One Controller of two: of a cluster with its caption and the other one's URL, else with the spellings of its address. */
export function NodeCard({ slot, draft, state, wrong, badge }: Props) {
  const { form, put, tests, test } = state;
  const targets = targetsOf(form, draft).filter(({ which }) => which === slot);
  const of = (field: FieldId) => targets.find((target) => target.field === field);
  const error = (field: FieldId) => wrongText(wrong.get(field)) ?? blockError(of(field), tests);
  const set = (name: 'urls' | 'others' | 'peers', value: string) => put({ [name]: { ...form[name], [slot]: value } });
  const use = ({ field }: Target, url: string) =>
    set(field.startsWith('url') ? 'urls' : field.startsWith('peer') ? 'peers' : 'others', url);
  const answers = targets.flatMap(({ which, url }) => tests[`${which} ${url}`]?.answer ?? []);
  const offered = new Set(answers.flatMap(({ better }) => better?.url ?? []));
  const title = t(`ui.slot.${slot}.controller`);
  return (
    <Card aria-labelledby={`node-${slot}`} className="p-5 max-tab:p-4 grid gap-4 content-start">
      <SectionHead id={`node-${slot}`} title={title} aside={badge} />
      {form.type === 'cluster' && (
        <Caption
          which={slot}
          value={form.captions[slot]}
          wrong={wrong.get(`caption.${slot}`)}
          onChange={(text) => put({ captions: { ...form.captions, [slot]: text } })}
        />
      )}
      <Line
        field={`url.${slot}`}
        mono
        required
        label={t(`ui.reg.url.${slot}`)}
        hint={t('ui.reg.url.hint')}
        placeholder="http://host:4444"
        value={form.urls[slot]}
        error={error(`url.${slot}`)}
        onChange={(url) => set('urls', url)}
      />
      <Proposals of={draft.urls[slot].filter(({ url }) => !offered.has(url))} now={form.urls[slot]} onUse={(url) => set('urls', url)} />
      {form.type === 'cluster' ? (
        <Line
          field={`peer.${slot}`}
          mono
          label={t(`ui.reg.peer.${slot}`)}
          hint={t('ui.reg.peer.hint')}
          placeholder={form.urls[slot]}
          value={form.peers[slot]}
          error={error(`peer.${slot}`)}
          onChange={(url) => set('peers', url)}
        />
      ) : (
        <Line
          field={`other.${slot}`}
          mono
          label={t('ui.reg.other')}
          hint={t('ui.reg.other.hint')}
          value={form.others[slot]}
          error={error(`other.${slot}`)}
          onChange={(url) => set('others', url)}
        />
      )}
      {withoutOther(form)[0] === slot && (
        <Word
          id={WORD_ID.spelling}
          title={t('ui.reg.other.none')}
          word={t('ui.reg.other.none.word')}
          given={form.oneSpelling}
          onGive={(oneSpelling) => put({ oneSpelling })}
        >
          {t('ui.reg.other.none.why')}
        </Word>
      )}
      <TestResult title={title} targets={targets} tests={tests} onTest={() => void test(targets)} onUse={use} />
      <Accounts answers={answers} form={form} put={put} asks={draft.live === undefined || draft.live === slot} />
    </Card>
  );
}
