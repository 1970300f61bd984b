'use client';
import { useEffect } from 'react';
import { useCandidates } from '@/lib/client/use-engines';
import type { Candidate, EngineAnswer } from '@/lib/contract/api';
import { CandidateTable } from '../setup/candidate-table';
import { Code } from '../text/code';
import { t } from '../text/t-later';
import { Card, SectionHead } from '../ui/card';
import { ProblemAlert } from '../ui/problem';
import { t as tForm } from './t';

/** What was found on one engine; tells its parent, who makes one sentence of all. */
export function FoundOn({ engine, onFound }: { engine: EngineAnswer; onFound: (engineId: string, found: readonly Candidate[]) => void }) {
  const { data, error } = useCandidates(engine.id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per answer; the callback is another one at each render
  useEffect(() => {
    if (data ?? error) onFound(engine.id, data ?? []);
  }, [data, error]);
  if (!data && error) return <ProblemAlert problem={error} title={engine.name} />;
  return (
    <Card aria-labelledby={`found-${engine.id}`}>
      <SectionHead
        id={`found-${engine.id}`}
        title={t('ui.none.found', { engine: engine.name })}
        className="px-5 max-tab:px-4 pt-4 pb-1"
        aside={<Code>{engine.address}</Code>}
      />
      {!data && <p className="px-5 max-tab:px-4 pb-4 text-ink-2">{tForm('ui.found.looking')}</p>}
      {data?.length === 0 && <p className="px-5 max-tab:px-4 pb-4 text-ink-2">{t('ui.none.nothing')}</p>}
      {data && data.length > 0 && <CandidateTable candidates={data} />}
    </Card>
  );
}
