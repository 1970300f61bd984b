'use client';
import { useState } from 'react';
import type { SetupOptions } from '@/lib/contract/setup';
import type { ClusterView } from '@/lib/domain/cluster/view';
import { badgeIcon, LOOK } from '../cluster/icons';
import { Pick } from '../registration/pick';
import { Text } from '../text/text';
import { Badge } from '../ui/badge';
import { candidatesOf, ExistingFields } from './existing-fields';
import { existingInput, isSecondary, noExisting, secondaryForm, secondaryInput } from './form-model';
import { SecondaryFields } from './secondary-fields';
import { t } from './t';
import { Wizard } from './wizard';

type Way = 'create' | 'existing';

/** A new Secondary, or one that is there: the form, and what it comes to. */
export function SetUpBody({ cluster, options }: { cluster: ClusterView; options: SetupOptions }) {
  const first = options.proposals.find(isSecondary);
  const [way, setWay] = useState<Way>(first ? 'create' : 'existing');
  const [form, setForm] = useState(first && secondaryForm(first));
  const primary = `${cluster.primary.ref.engineId}/${cluster.primary.ref.name}`;
  const candidates = candidatesOf(options, primary);
  const none = candidates.length === 0;
  const [existing, setExisting] = useState(() => {
    const [only] = candidates.length === 1 ? candidates : [];
    return only ? { ...noExisting, key: only.key, url: only.urls[0] ?? '' } : noExisting;
  });
  const create = way === 'create';
  const [badge] = cluster.primary.badges;
  const head = (
    <fieldset className="grid gap-3 tab:grid-cols-2">
      <legend className="sr-only">{t('ui.make.how')}</legend>
      <Pick group="way" chosen={create} onChoose={() => setWay('create')} title={t('ui.make.how.create')} impossible={!first}>
        {t('ui.make.how.create.about')}
      </Pick>
      <Pick group="way" chosen={!create} onChoose={() => setWay('existing')} title={t('ui.make.how.existing')}>
        {t('ui.make.how.existing.about')}
      </Pick>
    </fieldset>
  );
  return (
    <Wizard
      key={way}
      kind={create ? 'create-secondary' : 'use-existing'}
      options={options}
      input={create ? form && secondaryInput(cluster.id, form) : existingInput(cluster.id, existing)}
      {...(!create &&
        existing.key === '' && {
          empty: none
            ? { title: t('ui.make.v.none'), why: t('ui.make.v.none.why') }
            : { title: t('ui.make.existing.choose'), why: t('ui.make.how.existing.about') },
        })}
      head={head}
      folded={create}
      fields={
        create ? (
          form && <SecondaryFields form={form} put={setForm} options={options} />
        ) : (
          <ExistingFields form={existing} put={setExisting} options={options} primary={primary} />
        )
      }
      badge={
        badge && (
          <Badge look={LOOK[badge.tone]} icon={badgeIcon(badge)}>
            <Text of={badge.word} />
          </Badge>
        )
      }
      back={`/clusters/${cluster.id}`}
    />
  );
}
