'use client';
import { Server } from 'lucide-react';
import { useState } from 'react';
import { useEngines } from '@/lib/client/use-engines';
import { useSession } from '@/lib/client/use-session';
import type { Candidate, EngineAnswer } from '@/lib/contract/api';
import { Loading } from '../layout/loading';
import { Page } from '../layout/page';
import { PageHead } from '../layout/page-head';
import { BothWay } from '../making/both-way';
import { OpenSetups } from '../making/open-setups';
import { t } from '../text/t-later';
import { Link } from '../ui/link';
import { LinkButton } from '../ui/link-button';
import { ProblemAlert } from '../ui/problem';
import { Verdict } from '../ui/verdict';
import { foundWords } from './found-model';
import { FoundOn } from './found-on';
import { t as tForm } from './t';

/** Nothing is watched yet: what was found on the engines that answer, and one button. */
export function NoClusters() {
  const { data: engines } = useEngines();
  const may = useSession().may('admin');
  if (!engines) return <Loading />;
  const up = engines.filter((each) => each.state === 'up');
  return (
    <Page>
      <PageHead title={t('ui.nav.clusters')} />
      <OpenSetups />
      {up.length > 0 && may ? <Found engines={up} /> : <NothingToSee engines={engines} may={may} />}
      {may && <WhatFollows />}
    </Page>
  );
}

function Found({ engines }: { engines: readonly EngineAnswer[] }) {
  const [found, setFound] = useState<Readonly<Record<string, readonly Candidate[]>>>({});
  const all = engines.flatMap((engine) => found[engine.id] ?? []);
  const looking = engines.some((engine) => found[engine.id] === undefined);
  const { title, why, button } = foundWords(all);
  return (
    <>
      {looking ? (
        <Verdict
          tone="run"
          title={t('ui.none.looking', { engine: engines.map((each) => each.name).join(', ') })}
          why={t('ui.none.looking.why')}
        />
      ) : (
        <Verdict
          tone={all.length > 0 ? 'found' : 'warn'}
          title={title}
          why={why}
          action={
            <LinkButton variant="primary" size="l" href="/clusters/new">
              {button}
            </LinkButton>
          }
        />
      )}
      {engines.map((engine) => (
        <FoundOn key={engine.id} engine={engine} onFound={(id, on) => setFound((was) => ({ ...was, [id]: on }))} />
      ))}
      <p className="flex gap-2.5 text-data text-ink-2">
        <Server aria-hidden className="size-4 mt-0.5 flex-none text-ink-3" />
        <span>
          {t('ui.none.otherHost')} <Link href="/settings">{t('ui.none.otherHost.link')}</Link>
        </span>
      </p>
      <BothWay />
    </>
  );
}

/** No engine answers, or the reader may not look at them. */
function NothingToSee({ engines, may }: { engines: readonly EngineAnswer[]; may: boolean }) {
  const [first] = engines;
  if (!may) return <Verdict tone="warn" title={t('ui.none.plain')} why={t('ui.none.plain.why')} />;
  return (
    <>
      <Verdict
        tone={first ? 'unknown' : 'warn'}
        title={first ? t('ui.none.engineSilent', { engine: first.name }) : t('ui.none.noEngine')}
        why={t('ui.none.noEngine.why')}
        action={
          <LinkButton variant="primary" size="l" href="/settings">
            {tForm(first ? 'ui.open.engines' : 'ui.engine.add')}
          </LinkButton>
        }
      />
      {first?.problem && <ProblemAlert problem={first.problem} title={first.name} />}
    </>
  );
}

function WhatFollows() {
  return (
    <section aria-labelledby="then">
      <h2 id="then" className="text-section mb-3">
        {t('ui.none.then')}
      </h2>
      <ol className="grid gap-4 tab:grid-cols-3">
        {([1, 2, 3] as const).map((n) => (
          <li key={n} className="grid grid-cols-[28px_minmax(0,1fr)] gap-x-3">
            <span
              aria-hidden
              className="grid place-items-center size-7 rounded-full border border-line-strong bg-surface text-data font-semibold text-ink-2"
            >
              {n}
            </span>
            <div>
              <h3 className="font-semibold pt-1">{t(`ui.none.then.${n}`)}</h3>
              <p className="text-ink-2">{t(`ui.none.then.${n}.more`)}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
