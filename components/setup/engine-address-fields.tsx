'use client';
import { cn } from '../ui/classes';
import { Field, inputClasses, monoInput } from '../ui/field';
import { DEFAULT_PORT, type EngineDraft } from './engine-model';
import { t } from './t-engine';

type Textual = 'host' | 'port' | 'user' | 'ca' | 'cert' | 'key' | 'privateKey';
interface Props {
  readonly draft: EngineDraft;
  readonly onChange: (draft: EngineDraft) => void;
  readonly fields: Readonly<Record<string, string>>;
}

/** Fields of an engine on another host, by its kind. */
export function EngineAddressFields({ draft, onChange, fields }: Props) {
  if (draft.kind === 'socket') return null;
  const put = (name: Textual) => (value: string) => onChange({ ...draft, [name]: value });
  const error = (name: Textual) => fields[`address.${name}`];
  return (
    <>
      <div className="grid gap-4 tab:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)]">
        <Line label={t('ui.engine.host')} value={draft.host} onChange={put('host')} error={error('host')} required />
        <Line
          label={t('ui.engine.port')}
          value={draft.port}
          onChange={put('port')}
          error={error('port')}
          placeholder={String(DEFAULT_PORT[draft.kind])}
          numeric
        />
        {draft.kind === 'ssh' && (
          <Line label={t('ui.engine.user')} value={draft.user} onChange={put('user')} error={error('user')} required />
        )}
      </div>
      {draft.kind === 'tls' && (
        <div className="grid gap-4 tab:grid-cols-3">
          <Pem label={t('ui.engine.ca')} value={draft.ca} onChange={put('ca')} error={error('ca')} hint={t('ui.access.pem')} />
          <Pem label={t('ui.engine.cert')} value={draft.cert} onChange={put('cert')} error={error('cert')} hint={t('ui.access.pem')} />
          <Pem label={t('ui.engine.key')} value={draft.key} onChange={put('key')} error={error('key')} hint={t('ui.access.encrypted')} />
        </div>
      )}
      {draft.kind === 'ssh' && (
        <Pem
          label={t('ui.engine.privateKey')}
          value={draft.privateKey}
          onChange={put('privateKey')}
          error={error('privateKey')}
          hint={t('ui.engine.privateKey.hint')}
        />
      )}
    </>
  );
}

interface LineProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
  readonly required?: boolean;
  readonly placeholder?: string;
  readonly numeric?: boolean;
}
function Line({ label, value, onChange, error, required, placeholder, numeric }: LineProps) {
  return (
    <Field
      label={label}
      error={error}
      {...(required === true && { required })}
      {...(placeholder !== undefined && { hint: t('ui.engine.port.hint', { port: placeholder }) })}
    >
      {(control) => (
        <input
          {...control}
          className={cn(inputClasses, monoInput)}
          inputMode={numeric === true ? 'numeric' : undefined}
          value={value}
          spellCheck={false}
          autoComplete="off"
          onChange={(e) => onChange(e.target.value)}
        />
      )}
    </Field>
  );
}

function Pem({
  label,
  value,
  onChange,
  error,
  hint,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
  hint: string;
}) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <textarea
          {...control}
          rows={3}
          className={cn(inputClasses, monoInput)}
          value={value}
          spellCheck={false}
          autoComplete="off"
          onChange={(e) => onChange(e.target.value)}
        />
      )}
    </Field>
  );
}
