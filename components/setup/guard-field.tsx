import { Card, SectionHead } from '../ui/card';
import { t } from './t';

interface GuardFieldProps {
  readonly checked: boolean;
  readonly onChange: (on: boolean) => void;
}
/** May the guard act by itself? Off at first; what it would do, and when it would not, is said beside it. */
export function GuardField({ checked, onChange }: GuardFieldProps) {
  return (
    <Card aria-labelledby="guard-stops" className="grid gap-3 p-5 max-tab:p-4">
      <SectionHead id="guard-stops" title={t('ui.setup.guard')} />
      <label className="flex gap-2.5 items-center min-h-6">
        <input
          type="checkbox"
          className="size-4 accent-(--accent-fill)"
          aria-describedby="guard-stops-about"
          checked={checked}
          onChange={(e) => onChange(e.target.checked)}
        />
        {t('ui.setup.guard.stops')}
      </label>
      <p id="guard-stops-about" className="text-ink-2">
        {t('ui.setup.guard.about')}
      </p>
    </Card>
  );
}
