import type { ComponentState } from '@/lib/domain/cluster/view';
import { Status } from '../ui/status';
import { COMPONENT_ICON } from './icons';
import { COMPONENT } from './model';
import { t } from './t';

/** A component's state: operational, limited, inoperable, unknown; what does not run as wanted is no state to be loud about. */
export function ComponentWord({ state }: { state: ComponentState }) {
  const { tone, word } = COMPONENT[state];
  if (state === 'not-running' || tone === 'quiet') return <span className="text-ink-2">{t(word)}</span>;
  return (
    <Status tone={tone} icon={COMPONENT_ICON[state]}>
      {t(word)}
    </Status>
  );
}
