/** The sentence beside the badges: why an instance is in the role it is in. First rule that fits. */
import type { Problem } from '../errors';
import type { Message } from '../text/message';
import { code, lasting, name, say } from '../text/say';
import { journalAtRest } from './facts';
import { exitCode } from './looks';
import type { Judged } from './pair';

const words = (p: Problem | undefined): string => (p ? [p.message, p.remedy].filter(Boolean).join(' ') : '');

interface ReasonRule {
  readonly when: (m: Judged) => boolean;
  readonly say: (m: Judged) => Message;
}

const nodeFailure = (m: Judged): Problem | undefined => (m.f.says?.node.kind === 'failed' ? m.f.says.node.error : undefined);

const RULES: readonly ReasonRule[] = [
  { when: (m) => m.f.foreign, say: foreign },
  { when: (m) => m.role === 'refused', say: refusal },
  { when: (m) => m.role === 'killed' && m.f.instance?.oomKilled === true, say: (m) => say('reason.killed-oom', { exit: exitCode(m) }) },
  {
    when: (m) => m.role === 'killed' && journalAtRest(m.f)?.ending === 'torn',
    say: (m) => say('reason.killed-torn', { exit: exitCode(m) }),
  },
  { when: (m) => m.role === 'killed', say: (m) => say('reason.killed', { exit: exitCode(m) }) },
  { when: (m) => m.f.box === 'paused', say: () => say('reason.paused') },
  { when: (m) => m.f.box === 'removing', say: () => say('reason.removing') },
  { when: (m) => m.f.box === 'restarting', say: (m) => say('reason.restarting', { exit: exitCode(m) }) },
  { when: (m) => m.f.box === 'unknown', say: engine },
  { when: (m) => m.role === 'waiting' && m.f.says?.node.kind === 'waiting', say: () => say('reason.waiting-peer') },
  { when: (m) => m.role === 'waiting', say: () => say('reason.waiting-watch') },
  {
    when: (m) => m.role === 'unreachable' && m.f.apiError !== undefined,
    say: (m) => say('reason.api-error', { problem: words(m.f.apiError) }),
  },
  { when: (m) => m.f.says?.node.kind === 'login-needed', say: () => say('reason.login-needed') },
  {
    when: (m) => m.role === 'unknown' && nodeFailure(m) !== undefined,
    say: (m) => say('reason.node-failed', { problem: words(nodeFailure(m)) }),
  },
  { when: (m) => oddState(m) !== undefined, say: (m) => say('reason.odd-state', { state: code(oddState(m) ?? '') }) },
  { when: (m) => m.role === 'active' && m.f.says?.ready === false, say: () => say('reason.not-ready') },
  { when: (m) => m.role === 'standby' && stateType(m) === 'PreparedToBeCoupled', say: () => say('reason.standby-copying') },
];

function foreign({ f }: Judged): Message {
  return say(f.box === 'absent' ? 'reason.foreign-absent' : 'reason.foreign', { url: name(f.member.access.url) });
}
const stateType = (m: Judged): string | undefined => (m.f.says?.node.kind === 'state' ? m.f.says.node.state.clusterState.type : undefined);
function oddState(m: Judged): string | undefined {
  return m.f.says?.node.kind === 'state' && m.f.says.node.state.clusterState.type === 'unknown'
    ? m.f.says.node.state.clusterState.name
    : undefined;
}

function refusal({ f }: Judged): Message {
  const r = f.rest?.refusal;
  const line = r?.line ?? '';
  switch (r?.kind) {
    case 'backup-flag':
      return say('reason.refused.backup-flag');
    case 'no-licence':
      return say('reason.refused.no-licence');
    case 'duplicate-start':
      return say('reason.refused.duplicate-start');
    case 'other-controller-id':
      return say('reason.refused.other-controller-id');
    case 'no-signature-keys':
      return say('reason.refused.no-signature-keys');
    case 'broken-journal':
      return say('reason.refused.broken-journal', { line });
    case 'foreign-event':
      return say('reason.refused.foreign-event', { line });
    default:
      return say('reason.refused.other', { line });
  }
}

function engine({ f }: Judged): Message {
  const failed = f.seen.container.kind === 'failed' ? f.seen.container : f.seen.engine.kind === 'failed' ? f.seen.engine : undefined;
  if (failed) return say('reason.engine-silent', { engine: name(f.engineName), since: lasting(failed.since) });
  if (f.seen.container.kind === 'value')
    return say('reason.engine-silent', { engine: name(f.engineName), since: lasting(f.seen.container.at) });
  return say('reason.engine-never', { engine: name(f.engineName) });
}

export const reasonOf = (m: Judged): Message | undefined => RULES.find((rule) => rule.when(m))?.say(m);
export const problemText = words;
