'use client';
import { useId } from 'react';
import type { RegisterDraft } from '@/lib/contract/joc';
import { Text } from '../text/text';
import { Card, SectionHead } from '../ui/card';
import { type Form, WAYS } from './form-model';
import { Pick } from './pick';
import { t } from './t';
import { WORD_ID, Word } from './word';

interface Props {
  readonly draft: RegisterDraft;
  readonly form: Form;
  readonly put: (part: Partial<Form>) => void;
  readonly licensed: boolean;
}

/** Type as JOC Cockpit has it, and for one Controller how JOC Cockpit follows when the journal moves. What is impossible says why. */
export function TypeCard({ draft, form, put, licensed }: Props) {
  const group = useId();
  return (
    <Card aria-labelledby="type" className="p-5 max-tab:p-4 grid gap-4">
      <fieldset className="min-w-0 grid gap-3">
        <legend className="sr-only">{t('ui.reg.type')}</legend>
        <SectionHead id="type" title={t('ui.reg.type')} />
        <div className="grid gap-3 wide:grid-cols-2">
          {(['autonomous', 'cluster'] as const).map((type) => (
            <Pick
              key={type}
              group={`${group}-type`}
              chosen={form.type === type}
              onChoose={() => put({ type })}
              title={t(`ui.reg.type.${type}`)}
              impossible={!draft[type].possible}
            >
              {t(`ui.reg.type.${type}.about`)}
              <Note possible={draft[type].possible} of={draft[type].note} />
            </Pick>
          ))}
        </div>
      </fieldset>
      {form.type === 'cluster' && !licensed && draft.cluster.possible && (
        <Word
          id={WORD_ID.licence}
          title={t('ui.reg.licence.title')}
          word={t('ui.reg.licence.word')}
          given={form.controllersLicensed}
          onGive={(controllersLicensed) => put({ controllersLicensed })}
        >
          {t('ui.reg.licence.why')}
        </Word>
      )}
      {form.type === 'autonomous' && (
        <fieldset className="min-w-0 grid gap-3 pt-4 border-t border-line">
          <legend className="sr-only">{t('ui.reg.ways')}</legend>
          <h3 className="font-semibold">{t('ui.reg.ways')}</h3>
          <div className="grid gap-3 wide:grid-cols-3">
            {WAYS.map((way) => {
              const told = draft.ways.find(({ kind }) => kind === way);
              const best = draft.ways[0]?.kind === way && told?.possible === true;
              return (
                <Pick
                  key={way}
                  group={`${group}-way`}
                  chosen={form.way === way}
                  onChoose={() => put({ way })}
                  title={t(`ui.reg.way.${way}`)}
                  badge={best ? t('ui.reg.way.best') : undefined}
                  impossible={told?.possible !== true}
                >
                  {t(`ui.reg.way.${way}.about`)}
                  {told && <Note possible={told.possible} of={told.note} />}
                </Pick>
              );
            })}
          </div>
        </fieldset>
      )}
    </Card>
  );
}

function Note({ possible, of }: { possible: boolean; of: RegisterDraft['cluster']['note'] }) {
  return (
    <span className="block mt-1 text-ink">
      {!possible && <b>{t('ui.reg.type.not')} </b>}
      <Text of={of} />
    </span>
  );
}
