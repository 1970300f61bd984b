/** The lines of the picture: one per member, to the cluster box in the middle. First row that fits. */
import type { Message } from '../text/message';
import { say } from '../text/say';
import { journalAtRest } from './facts';
import { fencesOf } from './fences';
import { isStoppedWorker } from './looks';
import { type Judged, lineageOfBoth } from './pair';
import { alarm, type Situation } from './situation';
import type { LinkView, Role } from './view';

interface LinkRule {
  readonly kind: LinkView['kind'];
  readonly label: (s: Situation) => Message;
  readonly when: (s: Situation, m: Judged) => boolean;
}
const oneOf = (m: Judged, ...roles: Role[]): boolean => roles.includes(m.role);
const replicates = (s: Situation): boolean =>
  s.pair.kind === 'licensed' && s.status.code === 'Coupled' && s.pair.members.every((m) => oneOf(m, 'active', 'standby'));
const conflictLabel = (s: Situation) =>
  ({ same: say('link.same-journal'), different: say('link.other-journal'), unknown: say('link.conflict') })[lineageOfBoth(s.pair)];

const RULES: readonly LinkRule[] = [
  { kind: 'conflict', label: conflictLabel, when: (s, m) => alarm(s, 'two-alive')?.slots.includes(m.slot) ?? false },
  {
    kind: 'conflict',
    label: () => say('link.other-journal'),
    when: (s, m) => alarm(s, 'unexpected-lineage')?.slots.includes(m.slot) ?? false,
  },
  { kind: 'unknown', label: () => say('link.unknown'), when: (_s, m) => oneOf(m, 'unknown') },
  { kind: 'replicating', label: () => say('link.replicating'), when: replicates },
  { kind: 'has-journal', label: () => say('link.has-journal'), when: (s, m) => m.role === 'active' && s.pair.kind !== 'licensed' },
  { kind: 'established', label: () => say('link.established'), when: (_s, m) => m.role === 'active' },
  { kind: 'unhealthy', label: () => say('link.unhealthy'), when: (_s, m) => oneOf(m, 'standby', 'starting', 'stopping', 'waiting') },
  {
    kind: 'unreachable',
    label: () => say('link.unreachable'),
    when: (s, m) => oneOf(m, 'unreachable', 'absent') || (s.pair.kind === 'licensed' && m.f.alive === 'no'),
  },
  { kind: 'not-expected', label: () => say('link.idle'), when: (_s, m) => m.role === 'idle' },
  { kind: 'fenced', label: () => say('link.fenced'), when: (_s, m) => fencesOf(m.f).includes('backup-flag') },
  {
    kind: 'journal-at-rest',
    label: () => say('link.journal-at-rest'),
    when: (s, m) => isStoppedWorker(s.pair, m) || journalAtRest(m.f) !== undefined,
  },
  { kind: 'not-expected', label: () => say('link.not-fenced'), when: (s) => alarm(s, 'spare-not-fenced') !== undefined },
  { kind: 'not-expected', label: () => say('link.cold'), when: () => true },
];

export const linksOf = (s: Situation): readonly LinkView[] =>
  s.pair.members.map((m) => {
    const rule = RULES.find((r) => r.when(s, m));
    return { slot: m.slot, kind: rule?.kind ?? 'unknown', label: rule?.label(s) ?? say('link.unknown') };
  });
