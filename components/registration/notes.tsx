import { Info } from 'lucide-react';
import type { Message } from '@/lib/domain/text/message';
import { Text } from '../text/text';
import { Card, SectionHead } from '../ui/card';
import { t } from './t';

/** What registering does beside, before it is done. */
export function Notes({ notes }: { notes: readonly Message[] }) {
  if (notes.length === 0) return null;
  return (
    <Card aria-labelledby="notes" className="p-5 max-tab:p-4 grid gap-2">
      <SectionHead id="notes" title={t('ui.reg.notes')} />
      <ul className="grid gap-1.5">
        {notes.map((note) => (
          <li key={JSON.stringify(note)} className="grid grid-cols-[16px_minmax(0,1fr)] gap-2.5">
            <Info aria-hidden className="size-4 mt-0.5 text-ink-3" />
            <span className="[overflow-wrap:anywhere]">
              <Text of={note} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
