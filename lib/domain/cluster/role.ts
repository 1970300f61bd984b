/** The role table: what an instance is, by the first rule that fits. Source of the rules: controller-api.md 1.0, 1.2, 7; product.md 3. */
import { type Api, backupFlag, journalAtRest, type MemberFacts, putThereLater } from './facts';
import { STOP_MS } from './limits';
import type { MayLive, Role } from './view';

interface RoleRule {
  readonly role: Role;
  readonly when: (f: MemberFacts) => boolean;
}

const off = (f: MemberFacts): boolean => f.box === 'stopped';
/** Words for "no answer" and for "cannot be asked"; a running container with one of them is not reachable. */
const NO_ANSWER: ReadonlySet<Api> = new Set<Api>(['silent', 'odd']);

function node(f: MemberFacts) {
  return f.says?.node;
}
const state = (f: MemberFacts) => {
  const answer = node(f);
  return answer?.kind === 'state' ? answer.state : undefined;
};
/** Own id = active id; in Empty the flag decides (ClusterNodeState.scala). Undefined where its state does not tell. */
function saysActive(f: MemberFacts): boolean | undefined {
  const s = state(f);
  if (!s) return undefined;
  if (s.clusterState.type === 'Empty') return !s.isBackup;
  if (s.clusterState.type === 'unknown') return undefined;
  return s.clusterState.activeId === undefined ? undefined : s.clusterState.activeId === s.nodeId;
}

/** Did a journal at rest belong to the node that worked? In Empty always; else by the default ids (controller-api.md 5). */
function wasActive(f: MemberFacts): boolean {
  const journal = journalAtRest(f);
  if (!journal) return false;
  const { type, activeId } = journal.clusterState;
  if (type === 'Empty') return true;
  return activeId !== undefined && activeId === (backupFlag(f) ? 'Backup' : 'Primary');
}

/** A stop that has had no effect for so long is no stop any more. */
const isStopping = (f: MemberFacts): boolean => f.seen.stopping !== undefined && f.now - f.seen.stopping.since < STOP_MS;

const shuttingDown = (f: MemberFacts): boolean => {
  const answer = node(f);
  return answer?.kind === 'failed' && /ShuttingDown|SwitchingOver/.test(`${answer.error.message} ${answer.error.detail ?? ''}`);
};

const ROLE_RULES: readonly RoleRule[] = [
  { role: 'unknown', when: (f) => f.foreign },
  { role: 'absent', when: (f) => f.box === 'absent' },
  // Stopped: Docker's word, then what lies in the volumes.
  { role: 'refused', when: (f) => off(f) && f.rest?.refusal !== undefined },
  {
    role: 'killed',
    // A journal without an end in a container that has never run, or has ended before, was copied there.
    when: (f) =>
      off(f) &&
      f.instance?.state !== 'created' &&
      !putThereLater(f) &&
      wasActive(f) &&
      ['open', 'torn'].includes(journalAtRest(f)?.ending ?? '') &&
      backupFlag(f) !== true,
  },
  {
    role: 'retired',
    when: (f) => off(f) && f.rest !== undefined && f.rest.retired.length > 0 && ['absent', 'empty'].includes(f.rest.state.kind),
  },
  { role: 'fenced', when: (f) => off(f) && backupFlag(f) === true },
  { role: 'cold', when: off },
  // Not stopped.
  { role: 'stopping', when: (f) => f.box === 'removing' || isStopping(f) || shuttingDown(f) },
  { role: 'unreachable', when: (f) => f.box === 'paused' },
  {
    role: 'idle',
    when: (f) => node(f)?.kind === 'not-appointed' || (state(f)?.clusterState.type === 'Empty' && state(f)?.isBackup === true),
  },
  { role: 'starting', when: (f) => f.young && (f.says ? f.says.ready === false && saysActive(f) !== false : true) },
  { role: 'starting', when: (f) => f.young && node(f)?.kind === 'not-ready' },
  { role: 'active', when: (f) => saysActive(f) === true },
  { role: 'standby', when: (f) => saysActive(f) === false },
  { role: 'waiting', when: (f) => node(f)?.kind === 'not-ready' || node(f)?.kind === 'waiting' },
  { role: 'starting', when: (f) => f.box === 'restarting' },
  { role: 'unreachable', when: (f) => f.box === 'running' && NO_ANSWER.has(f.api) },
  { role: 'unknown', when: () => true },
];

export const roleOf = (f: MemberFacts): Role => ROLE_RULES.find((rule) => rule.when(f))?.role ?? 'unknown';

/**
 * May it be giving work to Agents? `no` needs proof: Docker's word that it does not run, or its own word that it is not the active node.
 * Everything else that may live counts.
 */
export function worksOf(role: Role, alive: MayLive): MayLive {
  if (alive === 'no' || role === 'idle' || role === 'standby') return 'no';
  return role === 'active' ? 'yes' : 'unknown';
}
