'use client';
import { TriangleAlert } from 'lucide-react';
import type { JocSays as Says } from '@/lib/domain/joc/view';
import { Code } from '../text/code';
import { Text } from '../text/text';
import { Fact } from '../ui/facts';
import { SaysBlock } from './says-block';
import { t } from './t-joc';

/** What JOC Cockpit says of one instance, with its own age; where that differs from what Handover sees, both stand there. */
export function JocSays({ says }: { says: Says }) {
  return (
    <SaysBlock
      title={t('ui.joc.says')}
      freshness={says.freshness}
      below={
        says.differs.length > 0 && (
          <ul className="mt-2 grid gap-1" aria-label={t('ui.joc.differs')}>
            {says.differs.map((each) => (
              <li key={each.key} className="grid grid-cols-[16px_minmax(0,1fr)] gap-2 text-data text-warn">
                <TriangleAlert aria-hidden className="size-4 mt-0.5" />
                <span className="[overflow-wrap:anywhere]">
                  <Text of={each} />
                </span>
              </li>
            ))}
          </ul>
        )
      }
    >
      <Fact name={t('ui.joc.registeredAs')}>
        <Text of={says.as} />
      </Fact>
      {says.url !== undefined && (
        <Fact name={t('ui.joc.url')}>
          <Code>{says.url}</Code>
        </Fact>
      )}
      {says.registered !== 'not' && <Fact name={t('ui.joc.connection')}>{t(`ui.joc.connection.${says.connection}`)}</Fact>}
      {says.proxy !== 'not-expected' && says.registered !== 'not' && (
        <Fact name={t('ui.joc.proxy')}>{t(`ui.joc.proxy.${says.proxy}`)}</Fact>
      )}
    </SaysBlock>
  );
}
