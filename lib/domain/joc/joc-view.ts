/** What the pages show of a cluster's JOC Cockpit, from what was observed. Pure and total; unknown never counts as "follows". */
import type { ClusterObservation } from '../cluster/observation';
import type { Judged } from '../cluster/pair';
import type { ClusterView } from '../cluster/view';
import { slotName } from '../cluster/words';
import type { Problem } from '../errors';
import type { Millis } from '../reading';
import type { Message } from '../text/message';
import { name, say } from '../text/say';
import { driftOf } from './drift';
import type { JocBox, JocSees } from './joc';
import { freshnessOf, linkOf, saysOf } from './says';
import { isCluster, type JocSituation, jocSituation } from './situation';
import type { JocView } from './view';
import { componentWord, connectionWord } from './words';

/** @param kind What kind of cluster it is, from what holds now. Undefined: no JOC Cockpit is connected. */
export function jocView(o: ClusterObservation, members: readonly Judged[], kind: ClusterView['kind'], now: Millis): JocView | undefined {
  const s = jocSituation(o, members, kind, now);
  if (!s) return undefined;
  const { joc, facts } = s;
  const told = typeof s.sees === 'object' ? s.sees : undefined;
  const says = members.map((m) => saysOf(s, m));
  const error = failureOf(s);
  const toFollow = toFollowOf(s);
  return {
    jocId: joc.settings.id,
    name: joc.settings.name,
    url: joc.settings.url,
    freshness: freshnessOf(joc.sees.kind === 'never' ? joc.facts : joc.sees, now),
    ...(error && { error }),
    ...(facts && ofFacts(facts)),
    component: told ? componentWord((told.jocs.find((b) => b.current) ?? told.jocs[0])?.component) : 'unknown',
    boxes: boxesOf(told),
    ...(told?.database && {
      database: {
        dbms: told.database.dbms,
        ...(told.database.version !== undefined && { version: told.database.version }),
        component: componentWord(told.database.component),
        connection: connectionWord(told.database.connection),
      },
    }),
    registered: s.sees === undefined ? 'unknown' : s.sees === 'not-registered' ? 'no' : 'yes',
    ...(s.follow && { follow: s.follow }),
    ...(told?.clusterStatus && { clusterStatus: told.clusterStatus }),
    says,
    links: says.map(linkOf),
    drift: driftOf(s),
    ...(toFollow && { toFollow }),
  };
}

const ofFacts = (f: NonNullable<JocSituation['facts']>) => ({
  version: f.version,
  active: f.active,
  licence: f.licence,
  mayManage: f.mayManage,
  ...(f.title !== undefined && { title: f.title }),
  ...(f.securityLevel !== undefined && { securityLevel: f.securityLevel }),
});

/** The answering one first; the others as JOC lists them. */
const boxesOf = (told: JocSees | undefined): readonly JocBox[] =>
  told ? [...told.jocs].sort((a, b) => Number(b.current) - Number(a.current)) : [];

const words = (p: Problem): string => [p.message, p.remedy].filter(Boolean).join(' ');
function failureOf({ joc }: JocSituation): Message | undefined {
  const failed = joc.sees.kind === 'failed' ? joc.sees.error : joc.facts.kind === 'failed' ? joc.facts.error : undefined;
  return failed && say('reason.api-error', { problem: words(failed) });
}

/** Only what is known asks for a click: a URL that leads to the other one or to nobody, or a proxy that stayed behind. Also from JOC's last word, while it is silent. */
function toFollowOf(s: JocSituation): JocView['toFollow'] {
  const { live, follow } = s;
  if (!live || !follow || follow.kind === 'cluster' || isCluster(s)) return undefined;
  const silent = s.sees === undefined;
  const lead = silent ? s.lastLead : s.lead;
  const elsewhere = lead !== 'unknown' && lead !== live.slot;
  if (!elsewhere && s.proxy !== 'behind') return undefined;
  const joc = name(s.joc.settings.name);
  const to = slotName(live.slot);
  const note = !elsewhere
    ? say('joc.to-follow.behind', { joc, slot: to })
    : silent
      ? say('joc.to-follow.silent', { joc, slot: to })
      : lead === 'nobody'
        ? say('joc.to-follow.nobody', { joc, slot: to })
        : say('joc.to-follow.elsewhere', { joc, other: slotName(lead), slot: to });
  return { slot: live.slot, note, ...(live.f.startedAt !== undefined && { since: live.f.startedAt }) };
}
