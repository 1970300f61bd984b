import type { ClusterView, InstanceView } from '@/lib/domain/cluster/view';
import type { Message, Param } from '@/lib/domain/text/message';
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

const flagCode = (on: boolean): Param => ({ as: 'code', value: `is-backup = ${on ? 'yes' : 'no'}` });
/** The volumes are read only at rest: of a living one stands what was read before, and when. */
function flag({ disk: { config, before } }: InstanceView): Message {
  if (config) return m('ui.value', { value: flagCode(config.isBackup) });
  return before?.config ? m('ui.two.flagAt', { flag: flagCode(before.config.isBackup), at: { as: 'time', value: before.at } }) : unknown;
}

/** Who lives has no fence that holds. When it went is known only as: after it was last seen. */
function fence({ disk: { before } }: InstanceView): Message {
  if (!before?.config) return unknown;
  return m(before.config.isBackup ? 'ui.two.fenceGone' : 'ui.two.fenceNone', { at: { as: 'time', value: before.at } });
}

function jocOf({ joc }: ClusterView, { slot }: InstanceView): Message {
  const registered = joc?.freshness.state === 'lost' ? 'unknown' : (joc?.says.find((s) => s.slot === slot)?.registered ?? 'unknown');
  return m(registered === 'unknown' ? 'ui.unknown' : registered === 'not' ? 'ui.no' : 'ui.two.jocThis');
}

/** What was read of two live Controllers, fact beside fact; what was not read says so. */
export function evidence(view: ClusterView): EvidenceRow[] {
  const [a, b] = [view.primary, view.secondary];
  if (!b) return [];
  const row = (name: PlainKey, of: (i: InstanceView) => Cell): EvidenceRow => ({ name, primary: of(a), secondary: of(b) });
  const same = journalOf(a) !== undefined && journalOf(a) === journalOf(b);
  const decided = a.mustNotLive || b.mustNotLive;
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
    row('ui.disk.flag', (i) => ({ fact: flag(i) })),
    row('ui.two.fence', (i) => ({ fact: fence(i) })),
    ...(view.joc ? [row('ui.two.joc', (i) => ({ fact: jocOf(view, i) }))] : []),
    row('ui.controller.version', (i) => ({
      fact: i.controller.version === undefined ? unknown : m('ui.value', { value: i.controller.version }),
    })),
    row('ui.two.mustNot', (i) => ({ fact: m(decided ? (i.mustNotLive ? 'ui.yes' : 'ui.no') : 'ui.two.undecided') })),
    row('ui.two.read', ({ controller: { freshness } }) => ({ fact: at(freshness.at) })),
  ];
}
