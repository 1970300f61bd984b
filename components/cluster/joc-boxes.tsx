'use client';
import { Database, Monitor } from 'lucide-react';
import { useJocs } from '@/lib/client/use-jocs';
import type { ClusterView } from '@/lib/domain/cluster/view';
import type { JocView } from '@/lib/domain/joc/view';
import { levelWord } from '../registration/jocs/level';
import { Code } from '../text/code';
import { Text } from '../text/text';
import { cn } from '../ui/classes';
import { Fact, Facts } from '../ui/facts';
import { Freshness } from '../ui/freshness';
import { Link } from '../ui/link';
import { ComponentWord } from './component-word';
import { jocLink, LINK_ICON, LINK_TONE } from './joc-model';
import { t } from './t-joc';
import { TieLine } from './tie';

const BOX = 'min-w-0 bg-surface border border-line rounded-l px-4 py-3';
const SILENT = 'border-dashed border-unk-line!';

/** The boxes of JOC Cockpit and its database with their lines; where none is connected, a quiet box that says so. */
export function JocBoxes({ view }: { view: ClusterView }) {
  const { joc } = view;
  if (!joc) return <NoJoc id={view.id} />;
  const silent = joc.freshness.state === 'lost';
  return (
    <>
      {joc.database && <DatabaseBox database={joc.database} />}
      {joc.database && (
        <TieLine
          className="joc-db-tie upright-tie"
          tone={LINK_TONE[joc.database.connection]}
          icon={LINK_ICON[joc.database.connection]}
          kind={joc.database.connection}
        >
          {t(`ui.joc.connection.${joc.database.connection}`)}
        </TieLine>
      )}
      {(['primary', 'secondary'] as const).map((slot) => {
        const link = jocLink(joc, slot);
        return (
          link && (
            <TieLine key={slot} className={`joc-tie-${slot}`} tone={link.tone} icon={link.icon} kind={link.kind}>
              <Text of={link.label} />
            </TieLine>
          )
        );
      })}
      <section aria-labelledby="joc" className={cn('joc-box', BOX, silent && SILENT)}>
        <div className="flex flex-wrap items-center justify-between gap-x-2">
          <h3 id="joc" className="flex items-center gap-2 min-h-6 font-semibold">
            <Monitor aria-hidden className="size-4 text-ink-3" />
            {t('ui.joc')}
          </h3>
          <Freshness of={joc.freshness} />
        </div>
        <p className="mb-1 [overflow-wrap:anywhere]">
          <a href={joc.url} target="_blank" rel="noreferrer" className="text-data">
            <Code>{joc.url}</Code>
          </a>
        </p>
        <Facts className="grid-cols-[88px_minmax(0,1fr)]! gap-x-2! [&_dd]:[overflow-wrap:normal]!">
          {joc.securityLevel !== undefined && <Fact name={t('ui.joc.level')}>{levelWord(joc.securityLevel)}</Fact>}
          <Fact name={t('ui.joc.status')}>
            <ComponentWord state={joc.component} />
          </Fact>
          {joc.version !== undefined && <Fact name={t('ui.joc.version')}>{joc.version}</Fact>}
          {clusterWord(joc) !== undefined && <Fact name={t('ui.joc.cluster')}>{clusterWord(joc)}</Fact>}
          {joc.active === false && <Fact name={t('ui.joc.node')}>{t('ui.joc.standby')}</Fact>}
        </Facts>
        <Further joc={joc} />
        {joc.error && (
          <p className="mt-1.5 text-data text-bad [overflow-wrap:anywhere]">
            <Text of={joc.error} />
          </p>
        )}
        <Lines joc={joc} />
        <Hint id={view.id} joc={joc} />
      </section>
    </>
  );
}

/** JOC's word for the cluster; for one autonomous Controller it is always "unknown", and JOC's own pages draw none. */
function clusterWord({ clusterStatus, follow }: JocView): string | undefined {
  if (!clusterStatus || (clusterStatus.text === 'ClusterUnknown' && follow?.kind !== 'cluster')) return undefined;
  return clusterStatus.text.replace(/^Cluster/, '');
}

function DatabaseBox({ database }: { database: NonNullable<JocView['database']> }) {
  const dbms = database.version === undefined ? database.dbms : `${database.dbms} ${database.version}`;
  return (
    <section aria-labelledby="database" className={cn('joc-db', BOX)}>
      <div className="flex flex-wrap items-center justify-between gap-x-2">
        <h3 id="database" className="flex items-center gap-2 min-h-6 font-semibold">
          <Database aria-hidden className="size-4 text-ink-3" />
          {t('ui.joc.database')}
        </h3>
        <span className="text-data">
          <ComponentWord state={database.component} />
        </span>
      </div>
      <p className="text-meta text-ink-3">{t('ui.joc.database.is', { dbms })}</p>
    </section>
  );
}

/** The other JOC Cockpits of the same database. */
function Further({ joc }: { joc: JocView }) {
  const others = joc.boxes.filter(({ current }) => !current);
  if (others.length === 0) return null;
  return (
    <ul className="mt-2 pt-2 border-t border-line grid gap-1 text-meta text-ink-2">
      {others.map((box) => (
        <li key={`${box.title} ${box.url}`} className="[overflow-wrap:anywhere]">
          <b>{box.title}</b>:{' '}
          {[box.node?.text === 'inactive' ? t('ui.joc.standby') : box.node?.text, box.component.text].filter(Boolean).join(', ')}
        </li>
      ))}
    </ul>
  );
}

/** On a narrow page the lines to the Controllers cannot both be drawn: they are told. */
function Lines({ joc }: { joc: JocView }) {
  return (
    <p className="joc-lines mt-1.5 text-meta text-ink-2">
      {(['primary', 'secondary'] as const).map((slot) => {
        const link = jocLink(joc, slot);
        return (
          link && (
            <span key={slot}>
              {t(slot === 'primary' ? 'ui.joc.toPrimary' : 'ui.joc.toSecondary')} <Text of={link.label} />.{' '}
            </span>
          )
        );
      })}
    </p>
  );
}

/** What there is to do about it, on its own page. */
function Hint({ id, joc }: { id: string; joc: JocView }) {
  const [note, link] =
    joc.registered === 'no'
      ? [t('ui.joc.notRegistered'), t('ui.joc.register')]
      : joc.toFollow
        ? [t('ui.joc.follow.title'), t('ui.joc.more')]
        : [undefined, undefined];
  if (link === undefined) return null;
  return (
    <p className="mt-2 pt-2 border-t border-line text-data">
      <span className={cn(joc.toFollow && 'text-warn font-semibold')}>{note}</span>{' '}
      <Link href={`/clusters/${id}/register`} className="inline-flex items-center min-h-6 max-tab:min-h-11">
        {link}
      </Link>
    </p>
  );
}

function NoJoc({ id }: { id: string }) {
  const connected = (useJocs().data?.length ?? 0) > 0;
  return (
    <section aria-labelledby="joc" className="joc-box min-w-0 border border-dashed border-line-strong rounded-l px-4 py-3">
      <h3 id="joc" className="flex items-center gap-2 min-h-6 font-semibold text-ink-2">
        <Monitor aria-hidden className="size-4 text-ink-3" />
        {t('ui.joc')}
      </h3>
      <p className="text-data text-ink-2">{t(connected ? 'ui.joc.notYet' : 'ui.joc.none')}</p>
      <p className="text-meta text-ink-3">{t(connected ? 'ui.joc.notYet.why' : 'ui.joc.none.why')}</p>
      <p className="mt-1 text-data">
        <Link href={`/clusters/${id}/register`} className="inline-flex items-center min-h-6 max-tab:min-h-11">
          {t(connected ? 'ui.joc.register' : 'ui.joc.none.do')}
        </Link>
      </p>
    </section>
  );
}
