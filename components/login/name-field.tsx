import { t } from '../text/t-people';
import { Field, inputClasses } from '../ui/field';

/** The account's name, as password managers know it. */
export function NameField({
  value,
  onChange,
  error,
  fresh,
}: {
  value: string;
  onChange: (name: string) => void;
  error?: string | undefined;
  fresh?: boolean;
}) {
  return (
    <Field label={t('ui.account')} error={error} {...(fresh === true && { required: true })}>
      {(control) => (
        <input
          {...control}
          className={inputClasses}
          name="username"
          value={value}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          onChange={(e) => onChange(e.target.value)}
        />
      )}
    </Field>
  );
}
