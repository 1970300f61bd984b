'use client';
import { ChevronRight } from 'lucide-react';
import { cn } from '../../ui/classes';
import { Field, inputClasses, monoInput } from '../../ui/field';
import type { JocDraft } from './joc-model';
import { t } from './t';

interface Props {
  readonly draft: JocDraft;
  readonly put: (part: Partial<JocDraft>) => void;
  /** A private key is stored already. */
  readonly hasKey: boolean;
  readonly fields: Readonly<Record<string, string>>;
}

/** Own authority and client certificate; closed where none is used. */
export function TlsFields({ draft, put, hasKey, fields }: Props) {
  const wrong = fields.ca !== undefined || fields.clientCert !== undefined || fields.clientKey !== undefined;
  const pem = (name: 'ca' | 'clientCert' | 'clientKey', hint: string) => (
    <Field label={t(`ui.jocs.form.${name}`)} hint={hint} error={fields[name]}>
      {(control) => (
        <textarea
          {...control}
          rows={3}
          className={cn(inputClasses, monoInput)}
          value={draft[name]}
          spellCheck={false}
          autoComplete="off"
          onChange={(e) => put({ [name]: e.target.value })}
        />
      )}
    </Field>
  );
  return (
    <details open={wrong || draft.ca !== '' || draft.clientCert !== '' || undefined}>
      <summary className="inline-flex items-center gap-1 min-h-6 max-tab:min-h-11 text-accent">
        <ChevronRight aria-hidden className="chev size-3.5" />
        {t('ui.jocs.form.tls')}
      </summary>
      <div className="mt-2 grid gap-4 tab:grid-cols-3">
        {pem('ca', t('ui.jocs.form.ca.hint'))}
        {pem('clientCert', t('ui.jocs.form.clientCert.hint'))}
        {pem('clientKey', t(hasKey ? 'ui.jocs.form.password.kept' : 'ui.jocs.form.password.stored'))}
      </div>
    </details>
  );
}
