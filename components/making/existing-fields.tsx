'use client';
import type { SetupOptions } from '@/lib/contract/setup';
import { Card, SectionHead } from '../ui/card';
import { type ExistingForm, isUrl } from './form-model';
import { Choose, Line, Tick } from './line';
import { t } from './t';

/** Containers that are stopped and could be the Secondary, as `engineId/name`. */
export const candidatesOf = (options: SetupOptions, primary: string | undefined) =>
  options.engines.flatMap((e) => e.candidates.map((c) => ({ ...c, key: `${e.id}/${c.name}`, engine: e }))).filter((c) => c.key !== primary);

/** Which container, how Handover reaches it, and the word that what lies in it may be moved aside. */
export function ExistingFields({
  form,
  put,
  options,
  primary,
}: {
  form: ExistingForm;
  put: (form: ExistingForm) => void;
  options: SetupOptions;
  primary: string | undefined;
}) {
  const candidates = candidatesOf(options, primary);
  return (
    <Card aria-labelledby="existing" className="p-5 max-tab:p-4 grid gap-4">
      <SectionHead id="existing" title={t('ui.make.existing.card')} />
      <div className="grid gap-4 tab:grid-cols-2">
        <Choose
          label={t('ui.make.existing')}
          value={form.key}
          options={[
            { value: '', text: t('ui.make.existing.choose') },
            ...candidates.map((c) => ({ value: c.key, text: t('ui.make.existing.on', { name: c.name, engine: c.engine.name }) })),
          ]}
          onChange={(key) => {
            const chosen = candidates.find((c) => c.key === key);
            put({ ...form, key, url: chosen?.urls[0] ?? '', moveAside: false });
          }}
        />
        <Line
          label={t('ui.make.url')}
          value={form.url}
          hint={t('ui.make.url.hint')}
          wrong={form.key !== '' && !isUrl(form.url) && t('ui.make.url.bad')}
          onChange={(url) => put({ ...form, url })}
        />
        <Line
          label={t('ui.make.existing.user')}
          value={form.user}
          hint={t('ui.make.existing.user.hint')}
          onChange={(user) => put({ ...form, user })}
        />
        {form.user.trim() !== '' && (
          <Line
            label={t('ui.make.existing.password')}
            value={form.password}
            password
            hint={t('ui.make.existing.password.hint')}
            onChange={(password) => put({ ...form, password })}
          />
        )}
      </div>
      <Tick
        label={t('ui.make.existing.aside')}
        about={t('ui.make.existing.aside.about')}
        checked={form.moveAside}
        onChange={(moveAside) => put({ ...form, moveAside })}
      />
    </Card>
  );
}
