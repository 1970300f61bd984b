/** Conditions of an effect: what must be *seen* before it may begin. Each holds one of the invariants I1-I6 (INVARIANTS.md). */
import type { Sight } from './steps';
import type { Tri } from './world';

export interface Need {
  readonly id: string;
  readonly invariant: 'I1' | 'I2' | 'I3' | 'I6';
  /** True only when it was observed to hold. */
  readonly holds: (s: Sight) => boolean;
}

const need = (id: string, invariant: Need['invariant'], holds: Need['holds']): Need => ({ id, invariant, holds });

/** The target's directory holds what was hashed equal, and that is the journal which was noted at the proved stop: every file, size and the last event. */
export function holdsVerified({ world, plan, noted }: Sight): Tri {
  const { state } = world.target;
  if (state.kind === 'unknown') return 'unknown';
  if (state.kind === 'empty' || noted === undefined) return 'no';
  const same = state.fingerprint === noted.fingerprint && state.lastEventId === noted.lastEventId;
  return state.journalId === plan.journalId && state.verified && same ? 'yes' : 'no';
}

export const ALL_NEEDS = {
  lockFree: need('lock-free', 'I6', ({ world }) => world.lock === 'free' || world.lock === 'ours' || world.lock === 'partly'),
  lockOurs: need('lock-ours', 'I6', ({ world }) => world.lock === 'ours'),
  sourceStopped: need('source-stopped', 'I1', ({ world }) => world.source.running === 'no' && world.source.api === 'silent'),
  sourceFenced: need('source-fenced', 'I1', ({ world }) => world.source.policy === 'no' && world.source.flag === 'on'),
  sourceRetired: need('source-retired', 'I1', ({ world }) => world.source.retired === 'yes' && world.source.state.kind === 'empty'),
  sourceUnchanged: need(
    'source-unchanged',
    'I3',
    ({ world, noted }) =>
      noted !== undefined && world.source.state.kind === 'journal' && world.source.state.fingerprint === noted.fingerprint,
  ),
  targetStopped: need('target-stopped', 'I1', ({ world }) => world.target.running === 'no'),
  targetVerified: need('target-verified', 'I3', (s) => holdsVerified(s) === 'yes'),
  targetUnfenced: need('target-unfenced', 'I1', ({ world }) => world.target.flag === 'off'),
  targetWorks: need(
    'target-works',
    'I1',
    ({ world, plan }) => world.target.live?.journalId === plan.journalId && world.target.live.active === 'yes',
  ),
  /** Nothing on the target's side could come up as this lineage. */
  targetHoldsNoCopy: need(
    'target-holds-no-copy',
    'I1',
    ({ world, plan }) =>
      world.target.state.kind === 'empty' ||
      (world.target.state.kind === 'journal' &&
        !world.target.state.verified &&
        world.target.state.fingerprint === plan.target.stateFingerprint),
  ),
  /** The source's own copy is whole and in its place: it works, or its state directory is as it was when it stopped. */
  sourceHasAll: need('source-has-all', 'I2', ({ world, plan, noted }) => {
    const { source } = world;
    if (source.running === 'yes') return source.live?.journalId === plan.journalId;
    return (
      source.state.kind === 'journal' &&
      source.state.journalId === plan.journalId &&
      (noted === undefined || source.state.fingerprint === noted.fingerprint)
    );
  }),
} as const;
