'use client';
import { Server } from 'lucide-react';
import Link from 'next/link';
import { useCandidates, useEngines } from '@/lib/client/use-engines';
import { useSession } from '@/lib/client/use-session';
import type { EngineAnswer } from '@/lib/contract/api';
import { Loading } from '../layout/loading';
import { Page, PageHead } from '../layout/page-head';
import { CandidateTable } from '../setup/candidate-table';
import { t } from '../text/t';
import { Button } from '../ui/button';
import { Card, SectionHead } from '../ui/card';
import { ProblemAlert } from '../ui/problem';
import { Verdict } from '../ui/verdict';
import { foundWords } from './found-model';

/** Nothing is watched yet: what was found on the first engine that answers, and one button. */
export function NoClusters() {
  const { data: engines } = useEngines();
  const session = useSession();
  if (!engines) return <Loading />;
  const engine = engines.find((each) => each.state === 'up');
  return (
    <Page>
      <PageHead title={t('ui.nav.clusters')} />
      {engine ? <FoundOn engine={engine} mayAdd={session.may('admin')} /> : <NoEngine engines={engines} mayAdd={session.may('admin')} />}
      <section aria-labelledby="then">
        <h2 id="then" className="text-section mb-3">{t('ui.none.then')}</h2>
        <ol className="grid gap-4 tab:grid-cols-3">
          {([1, 2, 3] as const).map((n) => (
            <li key={n} className="grid grid-cols-[28px_minmax(0,1fr)] gap-x-3">
              <span aria-hidden className="grid place-items-center size-7 rounded-full border border-line-strong bg-surface text-data font-semibold text-ink-2">{n}</span>
              <div>
                <h3 className="font-semibold pt-1">{t(`ui.none.then.${n}`)}</h3>
                <p className="text-ink-2">{t(`ui.none.then.${n}.more`)}</p>
              </div>
            </li>
          ))}
        </ol>
      </section>
    </Page>
  );
}

function FoundOn({ engine, mayAdd }: { engine: EngineAnswer; mayAdd: boolean }) {
  const { data, error, isLoading } = useCandidates(engine.id);
  if (!data && error) return <ProblemAlert problem={error} />;
  if (!data) return <Verdict tone="run" title={t('ui.none.looking', { engine: engine.name })} why={isLoading ? t('ui.none.looking.why') : undefined} />;
  const { title, why, button } = foundWords(data);
  return (
    <>
      <Verdict tone={data.length > 0 ? 'found' : 'warn'} title={title} why={why} action={<AddButton may={mayAdd}>{button}</AddButton>} />
      <Card aria-labelledby="found">
        <SectionHead id="found" title={t('ui.none.found')} className="px-5 max-tab:px-4 pt-4" aside={<>{engine.name}, <code>{engine.address}</code></>} />
        {data.length > 0 ? <CandidateTable candidates={data} /> : <p className="px-5 max-tab:px-4 py-4 text-ink-2">{t('ui.none.nothing')}</p>}
        <p className="flex gap-2.5 px-5 max-tab:px-4 py-3 border-t border-line text-data text-ink-2">
          <Server aria-hidden className="size-4 mt-0.5 flex-none text-ink-3" />
          <span>{t('ui.none.otherHost')} <Link href="/settings">{t('ui.none.otherHost.link')}</Link></span>
        </p>
      </Card>
    </>
  );
}

function NoEngine({ engines, mayAdd }: { engines: readonly EngineAnswer[]; mayAdd: boolean }) {
  const [first] = engines;
  return (
    <>
      <Verdict
        tone={first ? 'unknown' : 'warn'}
        title={first ? t('ui.none.engineSilent', { engine: first.name }) : t('ui.none.noEngine')}
        why={t('ui.none.noEngine.why')}
        action={mayAdd ? <Button asChild variant="primary" size="l"><Link href="/settings">{t(first ? 'ui.open.engines' : 'ui.engine.add')}</Link></Button> : undefined}
      />
      {first?.problem && <ProblemAlert problem={first.problem} title={first.name} />}
    </>
  );
}

function AddButton({ may, children }: { may: boolean; children: string }) {
  if (may) return <Button asChild variant="primary" size="l"><Link href="/clusters/new">{children}</Link></Button>;
  return (
    <div className="grid gap-1">
      <Button variant="primary" size="l" impossible aria-describedby="add-role">{children}</Button>
      <p id="add-role" className="text-meta">{t('ui.role.needsAdmin')}</p>
    </div>
  );
}
