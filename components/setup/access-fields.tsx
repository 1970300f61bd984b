'use client';
import { useId } from 'react';
import { cn } from '../ui/classes';
import { Field, inputClasses, monoInput } from '../ui/field';
import { PasswordInput } from '../ui/password';
import type { AccessKind, Draft, MemberDraft } from './model';
import { t } from './t';

interface Props {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly fields: Readonly<Record<string, string>>;
}
const PEM_ROWS = 3;

/** Addresses of both Controllers, and how Handover logs in: the same for both, or each its own. */
export function AccessFields({ draft, onChange, fields }: Props) {
  const withSecondary = draft.secondary.key !== '';
  return (
    <>
      <div className="grid gap-4 tab:grid-cols-2">
        <Url slot="primary" draft={draft} onChange={onChange} error={fields['primary.access.url']} />
        {withSecondary && <Url slot="secondary" draft={draft} onChange={onChange} error={fields['secondary.access.url']} />}
      </div>
      {withSecondary && (
        <label className="flex gap-2.5 items-center min-h-6">
          <input
            type="checkbox"
            className="size-4 accent-(--accent-fill)"
            checked={draft.shared}
            onChange={(e) => onChange({ ...draft, shared: e.target.checked })}
          />
          {t('ui.access.shared')}
        </label>
      )}
      <Login
        title={withSecondary && !draft.shared ? t('ui.slot.primary') : undefined}
        member={draft.primary}
        fields={fields}
        prefix="primary.access"
        onChange={(primary) => onChange({ ...draft, primary })}
      />
      {withSecondary && !draft.shared && (
        <Login
          title={t('ui.slot.secondary')}
          member={draft.secondary}
          fields={fields}
          prefix="secondary.access"
          onChange={(secondary) => onChange({ ...draft, secondary })}
        />
      )}
    </>
  );
}

function Url({
  slot,
  draft,
  onChange,
  error,
}: {
  slot: 'primary' | 'secondary';
  draft: Draft;
  onChange: (draft: Draft) => void;
  error: string | undefined;
}) {
  return (
    <Field label={t(`ui.access.url.${slot}`)} hint={t('ui.access.url.hint')} error={error} required>
      {(control) => (
        <input
          {...control}
          className={cn(inputClasses, monoInput)}
          type="url"
          value={draft[slot].url}
          spellCheck={false}
          autoComplete="off"
          onChange={(e) => onChange({ ...draft, [slot]: { ...draft[slot], url: e.target.value } })}
        />
      )}
    </Field>
  );
}

const KINDS: readonly AccessKind[] = ['none', 'account', 'certificate'];

function Login({
  title,
  member,
  fields,
  prefix,
  onChange,
}: {
  title: string | undefined;
  member: MemberDraft;
  fields: Readonly<Record<string, string>>;
  prefix: string;
  onChange: (member: MemberDraft) => void;
}) {
  const group = useId();
  return (
    <fieldset className="grid gap-3 min-w-0">
      <legend className="text-data font-semibold mb-2">
        {title === undefined ? t('ui.access.login') : t('ui.access.loginOf', { slot: title })}
      </legend>
      <div className="grid gap-3 tab:grid-cols-3">
        {KINDS.map((kind) => (
          <label
            key={kind}
            className="grid grid-cols-[18px_minmax(0,1fr)] content-start gap-x-2.5 gap-y-0.5 px-4 py-3 border border-line-strong rounded-m has-checked:border-accent has-checked:shadow-[inset_0_0_0_1px_var(--accent)] has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              className="size-4 mt-0.5 accent-(--accent-fill)"
              name={group}
              checked={member.access === kind}
              onChange={() => onChange({ ...member, access: kind })}
            />
            <b>{t(`ui.access.${kind}`)}</b>
            <span className="col-start-2 text-ink-2">{t(`ui.access.${kind}.about`)}</span>
          </label>
        ))}
      </div>
      {member.access === 'account' && (
        <div className="grid gap-4 tab:grid-cols-2">
          <Field label={t('ui.access.user')} error={fields[`${prefix}.user`]} required>
            {(control) => (
              <input
                {...control}
                className={inputClasses}
                value={member.user}
                autoComplete="off"
                spellCheck={false}
                onChange={(e) => onChange({ ...member, user: e.target.value })}
              />
            )}
          </Field>
          <Field
            label={t('ui.access.password')}
            hint={t(member.keeps.password ? 'ui.access.kept' : 'ui.access.encrypted')}
            error={fields[`${prefix}.password`]}
          >
            {(control) => (
              <PasswordInput
                {...control}
                value={member.password}
                autoComplete="new-password"
                onChange={(e) => onChange({ ...member, password: e.target.value })}
              />
            )}
          </Field>
        </div>
      )}
      {member.access === 'certificate' && (
        <div className="grid gap-4 tab:grid-cols-2">
          <Pem
            label={t('ui.access.clientCert')}
            value={member.clientCert}
            error={fields[`${prefix}.clientCert`]}
            onChange={(clientCert) => onChange({ ...member, clientCert })}
          />
          <Pem
            label={t('ui.access.clientKey')}
            hint={t(member.keeps.clientKey ? 'ui.access.kept' : 'ui.access.encrypted')}
            value={member.clientKey}
            error={fields[`${prefix}.clientKey`]}
            onChange={(clientKey) => onChange({ ...member, clientKey })}
          />
        </div>
      )}
      <details open={member.ca !== ''}>
        <summary className="inline-flex min-h-6 items-center text-accent underline underline-offset-3">{t('ui.access.ca')}</summary>
        <div className="mt-2">
          <Pem
            label={t('ui.access.ca.label')}
            hint={t('ui.access.ca.hint')}
            value={member.ca}
            error={fields[`${prefix}.ca`]}
            onChange={(ca) => onChange({ ...member, ca })}
          />
        </div>
      </details>
    </fieldset>
  );
}

function Pem({
  label,
  hint,
  value,
  error,
  onChange,
}: {
  label: string;
  hint?: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}) {
  return (
    <Field label={label} hint={hint ?? t('ui.access.pem')} error={error}>
      {(control) => (
        <textarea
          {...control}
          className={cn(inputClasses, monoInput)}
          rows={PEM_ROWS}
          value={value}
          spellCheck={false}
          autoComplete="off"
          onChange={(e) => onChange(e.target.value)}
        />
      )}
    </Field>
  );
}
