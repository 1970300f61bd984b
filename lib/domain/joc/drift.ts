/** Registration and reality, row by row: what JOC's API does not compare by itself. A row is unknown where one of both is not known. */
import { slotName } from '../cluster/words';
import type { Message } from '../text/message';
import { code, name, say, time } from '../text/say';
import type { JocNode } from './joc';
import { isCluster, type JocSituation, nodeOf } from './situation';
import type { JocDrift } from './view';
import { componentWord, connectionWord } from './words';

type Row = Omit<JocDrift, 'id' | 'title'>;
const UNTOLD: Message = say('joc.drift.untold');
const row = (joc: Message | undefined, real: Message | undefined, same: boolean | undefined, remedy?: Message): Row => {
  const verdict = joc === undefined || real === undefined || same === undefined ? 'unknown' : same ? 'same' : 'differs';
  return { joc: joc ?? UNTOLD, real: real ?? UNTOLD, verdict, ...(remedy && verdict === 'differs' && { remedy }) };
};
const isCode = (value: string | undefined): Message | undefined =>
  value === undefined ? undefined : say('joc.drift.code', { value: code(value) });
const isAt = (at: number | undefined): Message | undefined => (at === undefined ? undefined : say('joc.drift.time', { time: time(at) }));

/** The node that should be the live one's. */
const itsNode = (s: JocSituation): JocNode | undefined => (s.live && nodeOf(s, s.live.slot)) ?? s.nodes[0];
const liveName = (s: JocSituation): Message | undefined => s.live && say('joc.drift.works', { slot: slotName(s.live.slot) });
const FOLLOW: Message = say('joc.drift.remedy.follow');

function url(s: JocSituation): Row {
  const joc = s.nodes.length === 0 ? undefined : say('joc.drift.code', { value: code(s.nodes.map((n) => n.url).join(', ')) });
  if (isCluster(s)) return row(joc, say('joc.drift.both'), true);
  if (s.lead === 'unknown' || s.nodes.length === 0) return row(joc, undefined, undefined);
  if (s.lead === 'nobody') return row(joc, say('joc.drift.nobody'), false, FOLLOW);
  const slot = slotName(s.lead);
  if (!s.live) return row(joc, say('joc.drift.leads', { slot }), undefined);
  return s.lead === s.live.slot
    ? row(joc, say('joc.drift.leads-live', { slot }), true)
    : row(joc, say('joc.drift.leads-other', { slot }), false, FOLLOW);
}

function controllerId(s: JocSituation): Row {
  const real = say('joc.drift.code', { value: name(s.o.cluster.controllerId) });
  if (s.sees === undefined) return row(undefined, real, undefined);
  if (s.sees === 'not-registered') return row(say('joc.drift.not-registered'), real, false, say('joc.drift.remedy.register'));
  return row(say('joc.drift.code', { value: name(s.sees.controllerId) }), real, s.sees.controllerId === s.o.cluster.controllerId);
}

function proxy(s: JocSituation): Row {
  const at = typeof s.sees === 'object' ? s.sees.proxyAt : undefined;
  const joc = at === undefined ? undefined : say('joc.drift.last-event', { time: time(at) });
  const real = s.startedAt === undefined ? undefined : say('joc.drift.started', { time: time(s.startedAt) });
  return row(joc, real, s.proxy === 'unknown' ? undefined : s.proxy === 'follows', FOLLOW);
}

const STATES = {
  operational: say('joc.state.operational'),
  limited: say('joc.state.limited'),
  inoperable: say('joc.state.inoperable'),
  unknown: say('joc.state.unknown'),
  'not-running': say('joc.state.unknown'),
} as const;
function live(s: JocSituation): Row {
  const node = itsNode(s);
  const joc = node && STATES[componentWord(node.component)];
  if (!node || !s.live) return row(joc, liveName(s), undefined);
  const connection = connectionWord(node.connection);
  const component = componentWord(node.component);
  const told =
    connection === 'unknown' || component === 'unknown' ? (connection === 'unreachable' ? false : undefined) : component === 'operational';
  return row(joc, liveName(s), nodeOf(s, s.live.slot) === undefined && s.lead !== 'unknown' ? false : told, FOLLOW);
}

function securityLevel(s: JocSituation): Row {
  const level = itsNode(s)?.securityLevel;
  const own = s.facts?.securityLevel;
  return row(
    isCode(level),
    isCode(own),
    level === undefined || own === undefined ? undefined : level === own,
    say('joc.drift.remedy.level'),
  );
}

function roles(s: JocSituation): Row {
  const joc = s.nodes.length === 0 ? undefined : isCluster(s) ? say('joc.drift.cluster') : say('joc.drift.autonomous');
  const real = s.kind === 'licensed' ? say('joc.drift.licensed') : s.kind === 'unknown' ? undefined : say('joc.drift.unlicensed');
  // A licensed pair may also be registered by one of its nodes alone.
  const fits = s.kind === 'unknown' ? undefined : s.kind === 'licensed' ? isCluster(s) : !isCluster(s);
  return row(joc, real, fits, say('joc.drift.remedy.roles'));
}

const LICENCES = {
  OPENSOURCE: say('joc.licence.OPENSOURCE'),
  COMMERCIAL_VALID: say('joc.licence.COMMERCIAL_VALID'),
  COMMERCIAL_INVALID: say('joc.licence.COMMERCIAL_INVALID'),
} as const;
function licence(s: JocSituation): Row {
  const type = s.facts?.licence.type;
  const joc = type === undefined || type === 'unknown' ? undefined : LICENCES[type];
  const real = s.kind === 'licensed' ? say('joc.drift.licensed') : s.kind === 'unknown' ? undefined : say('joc.drift.unlicensed');
  // Without a cluster nobody needs JOC's licence.
  return row(
    joc,
    real,
    s.kind === 'unknown' ? undefined : s.kind !== 'licensed' || type === 'COMMERCIAL_VALID',
    say('joc.drift.remedy.licence'),
  );
}

function caption(s: JocSituation): Row {
  const node = itsNode(s);
  const wanted = s.live && s.o.cluster.joc?.captions[s.live.slot];
  return row(isCode(node?.title), isCode(wanted), node === undefined || wanted === undefined ? undefined : node.title === wanted);
}

const overviewOf = (s: JocSituation) => {
  const overview = s.live?.f.says?.overview;
  return typeof overview === 'object' && 'version' in overview ? overview : undefined;
};
function version(s: JocSituation): Row {
  const [joc, real] = [itsNode(s)?.version, overviewOf(s)?.version];
  return row(isCode(joc), isCode(real), joc === undefined || real === undefined ? undefined : joc === real);
}

/** Start times within a second are one: some databases keep whole seconds. */
const SAME_MS = 1_000;
function started(s: JocSituation): Row {
  const [joc, real] = [itsNode(s)?.startedAt, s.startedAt];
  return row(isAt(joc), isAt(real), joc === undefined || real === undefined ? undefined : Math.abs(joc - real) < SAME_MS);
}

const ROWS: readonly (readonly [JocDrift['id'], Message, (s: JocSituation) => Row])[] = [
  ['url', say('joc.drift.url'), url],
  ['controller-id', say('joc.drift.controller-id'), controllerId],
  ['proxy', say('joc.drift.proxy'), proxy],
  ['live', say('joc.drift.live'), live],
  ['started', say('joc.drift.started-title'), started],
  ['roles', say('joc.drift.roles'), roles],
  ['licence', say('joc.drift.licence'), licence],
  ['security-level', say('joc.drift.security-level'), securityLevel],
  ['caption', say('joc.drift.caption'), caption],
  ['version', say('joc.drift.version'), version],
];

/** Nothing to compare where Handover registered nothing and JOC knows nothing. */
export function driftOf(s: JocSituation): readonly JocDrift[] {
  if (s.nodes.length === 0 && !s.follow) return [];
  return ROWS.map(([id, title, of]) => ({ id, title, ...of(s) }));
}
