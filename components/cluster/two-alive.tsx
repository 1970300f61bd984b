'use client';
import { Siren, X } from 'lucide-react';
import type { ClusterView } from '@/lib/domain/cluster/view';
import { Crumbs } from '../layout/page-head';
import { Announce } from '../text/announce';
import { Text } from '../text/text';
import { Clock } from '../text/time';
import { Card, SectionHead } from '../ui/card';
import { type EvidenceRow, evidence } from './evidence';
import { InstanceCard } from './instance-card';
import { journalOf, twoAlive } from './model';
import { m, t } from './t';

/** Two live Controllers: full width, said once, with the clock that counts. */
export function AlarmBand({ view }: { view: ClusterView }) {
  const since = twoAlive(view)?.since ?? view.verdict.since;
  return (
    <div className="bg-bad-fill text-on-bad">
      <Announce urgent messages={[{ key: view.name }, view.verdict.title, view.verdict.why]} />
      <div className="column grid grid-cols-[auto_minmax(0,1fr)_auto] max-tab:grid-cols-[auto_minmax(0,1fr)] items-center gap-x-5 max-tab:gap-x-3 gap-y-1 pt-5 pb-7">
        <Siren aria-hidden className="size-10 max-tab:size-7 self-start mt-6" />
        <div className="min-w-0">
          <div className="[&_*]:text-on-bad">
            <Crumbs>{view.name}</Crumbs>
          </div>
          <div>
            <h1 className="text-alarm max-tab:text-[22px] max-tab:leading-7 text-pretty [overflow-wrap:anywhere]">
              {view.name}: <Text of={view.verdict.title} />
            </h1>
            <p className="mt-1 max-w-[78ch] text-section max-tab:text-[15px] font-normal">
              <Text of={view.verdict.why} />
            </p>
          </div>
        </div>
        {since !== undefined && (
          <p className="text-right max-tab:col-start-2 max-tab:text-left text-data max-tab:flex max-tab:gap-2 max-tab:items-baseline">
            {t('ui.two.for')}
            <b className="block text-alarm max-tab:text-verdict whitespace-nowrap">
              <Clock since={since} />
            </b>
            <Text of={m('ui.since', { at: { as: 'time', value: since } })} />
          </p>
        )}
      </div>
    </div>
  );
}

/** Both instances and what each source says of them, fact beside fact. */
export function BothAlive({ view }: { view: ClusterView }) {
  const { primary, secondary } = view;
  if (!secondary) return null;
  const same = journalOf(primary) !== undefined && journalOf(primary) === journalOf(secondary);
  // Nobody can say which one is right: then both can be stopped from here.
  const undecided = view.next?.act === undefined;
  const conflict = view.links.find((link) => link.kind === 'conflict');
  return (
    <>
      <section aria-labelledby="both" className="picture-box">
        <SectionHead
          id="both"
          title={t('ui.two.both')}
          className="mb-3"
          aside={view.oldestAt !== undefined && <Text of={m('ui.picture.oldest', { at: { as: 'ago', value: view.oldestAt } })} />}
        />
        <div className="two-alive">
          <InstanceCard brief instance={primary} stop={undecided} />
          <div className="tie tie-bad">
            <svg className="ln" aria-hidden="true">
              <line className="flat" x1="0" y1="50%" x2="100%" y2="50%" />
              <line className="upright" x1="50%" y1="0" x2="50%" y2="100%" />
            </svg>
            <span className="mark">
              <X aria-hidden className="size-4" />
            </span>
            <span className="word">{conflict && !same ? <Text of={conflict.label} /> : t('ui.two.sameJournal')}</span>
          </div>
          <InstanceCard brief instance={secondary} stop={undecided} />
        </div>
      </section>
      <Card aria-labelledby="evidence" className="overflow-hidden">
        <SectionHead id="evidence" title={t('ui.two.evidence')} className="px-5 max-tab:px-4 pt-4 pb-1" />
        <table className="facts beside table-fixed">
          <thead>
            <tr>
              <th scope="col" className="w-[220px]">
                {t('ui.two.fact')}
              </th>
              <th scope="col">{t('ui.two.side', { slot: t('ui.slot.primary'), engine: primary.docker.engineName })}</th>
              <th scope="col">{t('ui.two.side', { slot: t('ui.slot.secondary'), engine: secondary.docker.engineName })}</th>
            </tr>
          </thead>
          <tbody>
            {evidence(view).map((row) => (
              <Row key={row.name} row={row} />
            ))}
          </tbody>
        </table>
      </Card>
    </>
  );
}

function Row({ row }: { row: EvidenceRow }) {
  return (
    <tr>
      <th scope="row">{t(row.name)}</th>
      {(['primary', 'secondary'] as const).map((slot) => (
        <td key={slot} data-label={t(`ui.slot.${slot}`)}>
          <span className="[overflow-wrap:anywhere]">
            <Text of={row[slot].fact} />
            {row[slot].note !== undefined && (
              <span className={row[slot].loud === true ? 'text-bad font-semibold' : 'text-ink-3'}> {t(row[slot].note)}</span>
            )}
          </span>
        </td>
      ))}
    </tr>
  );
}
