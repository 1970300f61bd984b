/** Component state, node state, connection and badges: one row per role. As JOC Cockpit's, with "unknown" grey (joc-cockpit.md 2.1, 2.2; design/README.md 2). */
import { code, say } from '../text/say';
import { journalAtRest } from './facts';
import { type Judged, type Pair, peerOf } from './pair';
import type { Badge, ComponentState, Connection, NodeWord, Role } from './view';

interface Look {
  readonly component: ComponentState;
  readonly node: NodeWord;
  readonly badges: readonly Badge[];
}

const STANDBY: Badge = { tone: 'gold', word: say('badge.standby') };
const row = (component: ComponentState, node: NodeWord, ...badges: Badge[]): Look => ({ component, node, badges });

const LOOKS: Readonly<Record<Role, Look>> = {
  active: row('operational', 'active', { tone: 'active', word: say('badge.active') }),
  standby: row('operational', 'standby', STANDBY),
  cold: row('not-running', 'standby', STANDBY, { tone: 'neutral', word: say('badge.cold') }),
  retired: row(
    'not-running',
    'standby',
    STANDBY,
    { tone: 'neutral', word: say('badge.cold') },
    { tone: 'neutral', word: say('badge.retired') },
  ),
  fenced: row(
    'not-running',
    'standby',
    STANDBY,
    { tone: 'neutral', word: say('badge.cold') },
    { tone: 'neutral', word: say('badge.fenced') },
  ),
  idle: row('unknown', 'unknown', { tone: 'neutral', word: say('badge.idle') }),
  starting: row('inoperable', 'unknown', { tone: 'run', word: say('badge.starting') }),
  stopping: row('inoperable', 'unknown', { tone: 'run', word: say('badge.stopping') }),
  refused: row('inoperable', 'unknown', { tone: 'bad', word: say('badge.refused') }),
  killed: row('inoperable', 'unknown', { tone: 'bad', word: say('badge.killed') }),
  waiting: row('inoperable', 'unknown', { tone: 'warn', word: say('badge.waiting') }),
  unreachable: row('unknown', 'unknown', { tone: 'unknown', word: say('badge.unreachable') }),
  absent: row('not-running', 'unknown', { tone: 'bad', word: say('badge.absent') }),
  unknown: row('unknown', 'unknown', { tone: 'unknown', word: say('badge.unknown') }),
};

/** Stopped, and it holds the journal that somebody should be working with: not a spare. */
export function isStoppedWorker(pair: Pair, m: Judged): boolean {
  return m.role === 'cold' && journalAtRest(m.f) !== undefined && peerOf(pair, m)?.works !== 'yes';
}
/** Stopped, nobody else works, and what it left is not read (yet): it may be the one that worked a moment ago. Nothing says that it is a spare. */
const isUnread = (pair: Pair, m: Judged): boolean => m.role === 'cold' && !m.f.rest && peerOf(pair, m)?.works !== 'yes';

export function lookOf(pair: Pair, m: Judged, mustNotLive: boolean): Look {
  const look = LOOKS[m.role];
  if (mustNotLive) return { ...look, badges: [...look.badges, { tone: 'must-not', word: say('badge.must-not') }] };
  if (isStoppedWorker(pair, m) || isUnread(pair, m) || (m.role === 'cold' && pair.kind === 'single')) {
    return row('not-running', 'unknown', { tone: 'neutral', word: say('badge.stopped') });
  }
  if (m.role === 'refused' && m.f.rest?.refusal?.kind === 'foreign-event')
    return { ...look, badges: [{ tone: 'bad', word: say('badge.ended') }] };
  if (m.role === 'active' && m.f.says?.ready === false) return { ...look, component: 'limited' };
  if (m.role === 'standby' && copies(m))
    return { ...look, component: 'inoperable', badges: [STANDBY, { tone: 'warn', word: say('badge.not-ready') }] };
  if (m.role === 'starting' && !m.f.says) return { ...look, component: 'unknown' };
  return look;
}

const copies = (m: Judged): boolean => m.f.says?.node.kind === 'state' && m.f.says.node.state.clusterState.type === 'PreparedToBeCoupled';

/** A slow liveness probe or a hanging Overview: the connection stands, but not well. */
const SLOW_MS = 2_000;

export function connectionOf(m: Judged): Connection {
  const { f, role } = m;
  if (f.foreign) return 'unknown';
  if (f.says) return f.says.latencyMs > SLOW_MS || f.says.overview === 'hanging' ? 'unstable' : 'established';
  const quiet: readonly Role[] = ['cold', 'fenced', 'retired'];
  if (quiet.includes(role)) return 'not-expected';
  if (f.api === 'unasked') return f.box === 'stopped' || f.box === 'absent' ? 'unreachable' : 'unknown';
  return 'unreachable';
}

export const exitCode = (m: Judged) => code(String(m.f.instance?.exitCode ?? '?'));
