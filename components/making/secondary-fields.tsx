'use client';
import type { SetupOptions } from '@/lib/contract/setup';
import { cn } from '../ui/classes';
import { Field, inputClasses, monoInput } from '../ui/field';
import { envOf, isUrl, proposalOn, type SecondaryForm, secondaryForm } from './form-model';
import { Line, Tick } from './line';
import { PlacedFields } from './placed-fields';
import { t } from './t';

/** Everything of a new Secondary that may be changed. Another engine has a proposal of its own. */
export function SecondaryFields({
  form,
  put,
  options,
}: {
  form: SecondaryForm;
  put: (form: SecondaryForm) => void;
  options: SetupOptions;
}) {
  const proposed = proposalOn(options, form.engineId);
  return (
    <div className="grid gap-4">
      <PlacedFields
        form={form}
        put={(part) => put({ ...form, ...part })}
        options={options}
        ownNetworks
        onEngine={(engineId) => {
          const other = proposalOn(options, engineId);
          if (other) put({ ...secondaryForm(other), env: form.env, publicAccess: form.publicAccess });
        }}
      />
      <Field label={t('ui.make.env')} hint={t('ui.make.env.hint')} {...(envOf(form.env) === undefined && { error: t('ui.make.env.bad') })}>
        {(control) => (
          <textarea
            {...control}
            rows={2}
            className={cn(inputClasses, monoInput)}
            value={form.env}
            spellCheck={false}
            autoComplete="off"
            onChange={(e) => put({ ...form, env: e.target.value })}
          />
        )}
      </Field>
      {proposed?.copyPublicAccess === true && (
        <Tick
          label={t('ui.make.public')}
          about={t('ui.make.public.warn')}
          checked={form.publicAccess}
          onChange={(publicAccess) => put({ ...form, publicAccess })}
        />
      )}
      {options.licence.known === 'proved' && <Nodes form={form} put={put} />}
    </div>
  );
}

/** Only with a proven licence: else a Controller with nodes in its journal cannot be started any more. */
function Nodes({ form, put }: { form: SecondaryForm; put: (form: SecondaryForm) => void }) {
  const { nodes, ...without } = form;
  return (
    <div className="grid gap-3">
      <Tick
        label={t('ui.make.nodes')}
        about={t('ui.make.nodes.about')}
        checked={nodes !== undefined}
        onChange={(is) => put(is ? { ...form, nodes: { primary: '', secondary: form.url } } : without)}
      />
      {nodes && (
        <div className="grid gap-4 tab:grid-cols-2">
          {(['primary', 'secondary'] as const).map((slot) => (
            <Line
              key={slot}
              label={t(`ui.make.nodes.${slot}`)}
              value={nodes[slot]}
              wrong={!isUrl(nodes[slot]) && t('ui.make.url.bad')}
              onChange={(url) => put({ ...form, nodes: { ...nodes, [slot]: url } })}
            />
          ))}
        </div>
      )}
    </div>
  );
}
