'use client';
import type { UrlProposal } from '@/lib/contract/joc';
import { Text } from '../text/text';
import { Button } from '../ui/button';
import { t } from './t';

/** Further URLs under which it may be reached, each with its reason. */
export function Proposals({ of, now, onUse }: { of: readonly UrlProposal[]; now: string; onUse: (url: string) => void }) {
  const others = of.filter(({ url }) => url !== now.trim());
  if (others.length === 0) return null;
  return (
    <ul aria-label={t('ui.reg.proposed')} className="grid gap-1 -mt-1">
      {others.map(({ url, why }) => (
        <li key={url} className="flex flex-wrap items-center gap-x-2 text-meta text-ink-3">
          <Button
            size="s"
            variant="quiet"
            className="px-1.5! font-normal! text-accent! [overflow-wrap:anywhere]"
            onClick={() => onUse(url)}
          >
            {t('ui.reg.use', { url })}
          </Button>
          <span>
            <Text of={why} />
          </span>
        </li>
      ))}
    </ul>
  );
}
