'use client';
import { RefreshCw } from 'lucide-react';
import { useEffect } from 'react';
import { useCandidates } from '@/lib/client/use-engines';
import type { Candidate, EngineAnswer } from '@/lib/contract/api';
import { Button } from '../ui/button';
import { lazily } from '../ui/lazily';
import { ProblemAlert } from '../ui/problem';
import type { Use } from './candidate-table';
import { counted, t } from './t';

/** As high as the table of one container, so that what is below it stays where it is. */
const placeholder = <div aria-hidden className="h-[190px] max-tab:h-[390px]" />;
const CandidateTable = lazily(() => import('./candidate-table').then((file) => file.CandidateTable), placeholder);

interface Props {
  readonly engine: EngineAnswer;
  readonly onFound: (engineId: string, found: readonly Candidate[]) => void;
  readonly roleOf: (candidate: Candidate) => Use;
  readonly onUse: (candidate: Candidate, use: Use) => void;
}

/** What one engine has. */
export function EngineCandidates({ engine, onFound, roleOf, onUse }: Props) {
  const { data, error, isLoading, refresh } = useCandidates(engine.id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per answer; the callback is another one at each render
  useEffect(() => {
    if (data) onFound(engine.id, data);
  }, [data]);
  return (
    <section aria-label={engine.name} className="border-t border-line first:border-t-0">
      <div className="flex flex-wrap items-center gap-2 px-5 max-tab:px-4 py-2 bg-sunken/60">
        <h3 className="text-data font-semibold">{engine.name}</h3>
        <p role="status" className="text-meta text-ink-3">
          {isLoading ? t('ui.found.looking') : data ? counted(data.length, 'ui.found.n.one', 'ui.found.n.many') : ''}
        </p>
        <Button size="s" variant="quiet" className="ml-auto" busy={isLoading} onClick={refresh}>
          {!isLoading && <RefreshCw aria-hidden />}
          {t('ui.found.again')}
        </Button>
      </div>
      {!data && !error && placeholder}
      {error && !data && (
        <div className="p-4">
          <ProblemAlert problem={error} />
        </div>
      )}
      {data && data.length > 0 && <CandidateTable candidates={data} choosing={{ roleOf, onUse }} />}
      {data?.length === 0 && <p className="px-5 max-tab:px-4 py-3 text-ink-2">{t('ui.found.none')}</p>}
    </section>
  );
}
