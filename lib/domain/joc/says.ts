/** The block "JOC Cockpit says" of each instance card, and the lines from JOC's box to the instances. */
import type { Slot } from '../cluster/cluster';
import { byAge } from '../cluster/freshness';
import type { Judged } from '../cluster/pair';
import type { Freshness } from '../cluster/view';
import { slotName } from '../cluster/words';
import type { Reading } from '../reading';
import type { Message } from '../text/message';
import { code, name, say } from '../text/say';
import type { JocNode } from './joc';
import { sameUrl } from './leads';
import { isCluster, type JocSituation, nodeOf } from './situation';
import type { JocSays, JocView } from './view';
import { componentWord, connectionWord } from './words';

/** As of a reading; a failure tells since when nothing is known. */
export function freshnessOf(r: Reading<unknown>, now: number): Freshness {
  if (r.kind === 'never') return { state: 'never' };
  return r.kind === 'failed' ? { state: 'lost', at: r.since } : byAge(r.at, now);
}

function registeredOf(s: JocSituation, slot: Slot): JocSays['registered'] {
  if (s.sees === undefined) return 'unknown';
  if (s.sees === 'not-registered') return 'not';
  if (isCluster(s)) return nodeOf(s, slot) ? 'this' : 'not';
  if (s.lead === 'unknown') return 'unknown';
  if (s.lead !== slot) return 'not';
  const url = s.nodes[0]?.url ?? '';
  return s.follow?.kind === 'name' && sameUrl(url, s.follow.url) ? 'by-name' : 'this';
}

function registeredAs(s: JocSituation, registered: JocSays['registered'], node: JocNode | undefined): Message {
  if (registered === 'unknown') return say('joc.as.unknown');
  if (!node) return s.nodes.length > 0 ? say('joc.as.other') : say('joc.as.not');
  const caption = node.title;
  if (node.role === 'PRIMARY') return say('joc.as.primary', { caption });
  return node.role === 'BACKUP' ? say('joc.as.secondary', { caption }) : say('joc.as.autonomous', { caption });
}

const mayNotWork = (m: Judged): boolean => m.role === 'retired' || m.role === 'fenced' || m.role === 'cold';

/** Only where both sides are known: what cannot be told differs from nothing. */
function differs(s: JocSituation, m: Judged, registered: JocSays['registered'], node: JocNode | undefined): readonly Message[] {
  const list: Message[] = [];
  const slot = slotName(m.slot);
  const lives = s.live === m;
  if (lives && s.sees === 'not-registered' && s.follow) list.push(say('joc.differs.unknown-id', { id: name(s.o.cluster.controllerId) }));
  if (lives && !isCluster(s) && registered === 'not' && s.nodes.length > 0) list.push(say('joc.differs.not-this', { slot }));
  if (!isCluster(s) && node && mayNotWork(m)) list.push(say('joc.differs.must-not', { slot }));
  const connection = node && connectionWord(node.connection);
  if (connection === 'established' && m.f.alive === 'no') list.push(say('joc.differs.established', { slot }));
  if (connection === 'unreachable' && lives) list.push(say('joc.differs.unreachable', { slot }));
  if (isCluster(s) && node?.node?.text === 'active' && m.role === 'standby') list.push(say('joc.differs.active', { slot }));
  if (lives && s.proxy === 'behind') list.push(say('joc.differs.proxy'));
  const level = s.facts?.securityLevel;
  if (node?.securityLevel !== undefined && level !== undefined && node.securityLevel !== level)
    list.push(say('joc.differs.level', { level: code(node.securityLevel), own: code(level) }));
  return list;
}

function proxyFor(s: JocSituation, m: Judged): JocSays['proxy'] {
  if (s.sees === 'not-registered' || m.f.alive === 'no') return 'not-expected';
  return s.live === m ? s.proxy : 'unknown';
}

export function saysOf(s: JocSituation, m: Judged): JocSays {
  const registered = registeredOf(s, m.slot);
  const node = registered === 'unknown' ? undefined : nodeOf(s, m.slot);
  return {
    slot: m.slot,
    freshness: freshnessOf(s.joc.sees, s.now),
    registered,
    as: registeredAs(s, registered, node),
    ...(node && { caption: node.title, url: node.url }),
    connection: node ? connectionWord(node.connection) : registered === 'not' ? 'not-expected' : 'unknown',
    component: componentWord(node?.component),
    proxy: proxyFor(s, m),
    differs: differs(s, m, registered, node),
  };
}

const LABELS = {
  established: say('joc.link.established'),
  unstable: say('joc.link.unstable'),
  unreachable: say('joc.link.unreachable'),
  unknown: say('joc.link.unknown'),
  'not-expected': say('joc.link.not-registered'),
} as const;
export function linkOf(says: JocSays): JocView['links'][number] {
  const { slot } = says;
  if (says.registered === 'not') return { slot, connection: 'not-registered', label: say('joc.link.not-registered') };
  if (says.proxy === 'behind') return { slot, connection: says.connection, label: say('joc.link.behind') };
  return { slot, connection: says.connection, label: LABELS[says.connection] };
}
