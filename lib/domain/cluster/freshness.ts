import { FRESH_MS, type Millis, type Reading, STALE_MS } from '../reading';
import { type MemberFacts, tooOld } from './facts';
import type { Freshness, Role } from './view';

export const byAge = (at: Millis, now: Millis): Freshness => {
  const age = now - at;
  if (tooOld(at, now)) return { state: 'lost', at };
  return { state: age < FRESH_MS ? 'fresh' : age < STALE_MS ? 'ageing' : 'stale', at };
};

/** `lost` tells since when: the beginning of the failure, or the time of the last reading. */
function ofReading<T>(r: Reading<T>, now: Millis): Freshness {
  if (r.kind === 'never') return { state: 'never' };
  return r.kind === 'failed' ? { state: 'lost', at: r.since } : byAge(r.at, now);
}

export const dockerFreshness = (f: MemberFacts): Freshness => ofReading(f.seen.container, f.now);

/** Of a stopped spare no answer is wanted; of one that was killed or refused it was. */
export function controllerFreshness(f: MemberFacts, role: Role): Freshness {
  const quiet: readonly Role[] = ['cold', 'fenced', 'retired', 'absent'];
  if (!f.foreign && quiet.includes(role)) return { state: 'not-expected' };
  const since = f.finishedAt ?? (f.seen.controller.kind === 'value' ? f.seen.controller.at : undefined);
  if (!f.says && f.seen.controller.kind === 'value' && !f.foreign && f.api !== 'odd')
    return { state: 'lost', ...(since !== undefined && { at: since }) };
  return ofReading(f.seen.controller, f.now);
}

/**
 * Volumes of a stopped container do not change by themselves: a reading taken after its end stays good and never turns stale by age alone.
 * Of a running one the last reading is history: nothing is expected.
 */
export function diskFreshness(f: MemberFacts): Freshness {
  if (f.rest && f.seen.disk.kind === 'value') return { state: f.now - f.seen.disk.at < FRESH_MS ? 'fresh' : 'ageing', at: f.seen.disk.at };
  if (f.box !== 'stopped' && f.box !== 'unknown') return { state: 'not-expected' };
  return f.seen.disk.kind === 'value' ? { state: 'lost', at: f.seen.disk.at } : ofReading(f.seen.disk, f.now);
}
