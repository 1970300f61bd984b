import type { ClusterView, InstanceView } from '@/lib/domain/cluster/view';
import type { Message } from '@/lib/domain/text/message';
import { journalOf, lastEvent } from './model';
import { m, type PlainKey } from './t';

interface Cell {
  readonly fact: Message;
  readonly note?: PlainKey;
  readonly loud?: boolean;
}
export interface EvidenceRow {
  readonly name: PlainKey;
  readonly primary: Cell;
  readonly secondary: Cell;
}

const unknown: Message = { key: 'ui.unknown' };
const code = (value: string | number | undefined): Message =>
  value === undefined ? unknown : m('ui.value', { value: { as: 'code', value: String(value) } });
const count = (value: number | undefined): Message => (value === undefined ? unknown : m('ui.value', { value: { as: 'count', value } }));
const at = (value: number | undefined): Message => (value === undefined ? unknown : m('ui.at', { at: { as: 'time', value } }));

/** What was read of two live Controllers, fact beside fact; what was not read says so. */
export function evidence(view: ClusterView): EvidenceRow[] {
  const [a, b] = [view.primary, view.secondary];
  if (!b) return [];
  const row = (name: PlainKey, of: (i: InstanceView) => Cell): EvidenceRow => ({ name, primary: of(a), secondary: of(b) });
  const same = journalOf(a) !== undefined && journalOf(a) === journalOf(b);
  return [
    {
      name: 'ui.controller.journal',
      primary: { fact: code(journalOf(a)) },
      secondary: { fact: code(journalOf(b)), ...(same && { note: 'ui.two.theSame' as const, loud: true }) },
    },
    // No word on which is newer: event ids of living Controllers are clocks, no evidence (lib/domain/guard/which-stays.ts).
    row('ui.controller.lastEvent', (i) => ({ fact: code(lastEvent(i)) })),
    row('ui.controller.orders', (i) => ({ fact: count(i.controller.orderCount) })),
    row('ui.controller.started', (i) => ({ fact: at(i.controller.startedAt ?? i.docker.instance?.startedAt) })),
    row('ui.docker.restart', (i) => ({ fact: code(i.docker.instance?.restartPolicy.name) })),
    row('ui.disk.flag', (i) => ({
      fact: i.disk.config === undefined ? unknown : code(`is-backup = ${i.disk.config.isBackup ? 'yes' : 'no'}`),
    })),
    row('ui.controller.version', (i) => ({
      fact: i.controller.version === undefined ? unknown : m('ui.value', { value: i.controller.version }),
    })),
    row('ui.two.mustNot', (i) => (i.mustNotLive ? { fact: m('ui.yes'), loud: true } : { fact: m('ui.no') })),
  ];
}
