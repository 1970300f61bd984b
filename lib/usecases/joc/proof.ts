import 'server-only';
import type { JocSees } from '../../domain/joc/joc';
import { sameUrl } from '../../domain/joc/leads';
import type { Millis } from '../../domain/reading';
import type { Result } from '../../domain/result';
import type { JocClient } from '../../ports/joc';
import type { JocPorts } from './ports';

/** JOC itself waits up to 2 s in the question; a second between two is no load. */
const AGAIN_MS = 500;

/** The proxy's last event is not older than the Controller's start: the only proof that REST gives (joc-proved N3). Both times are the Controller's. */
export const proxyFollows = (seen: JocSees, startedAt: Millis): boolean => seen.proxyAt !== undefined && seen.proxyAt >= startedAt;

export type Seen = Result<JocSees | 'not-registered'>;
/** Looks until `enough`, at most so long; the last look. An aborted wait ends with the last look too. */
export async function seeUntil(
  { clock, sleep }: Pick<JocPorts, 'clock' | 'sleep'>,
  client: JocClient,
  o: { readonly controllerId: string; readonly ms: number; readonly signal: AbortSignal; enough(seen: JocSees): boolean },
): Promise<Seen> {
  const until = clock.now() + o.ms;
  for (;;) {
    const seen = await client.see(o.controllerId);
    if (seen.ok && seen.value !== 'not-registered' && o.enough(seen.value)) return seen;
    if (o.signal.aborted || clock.now() + AGAIN_MS >= until) return seen;
    try {
      await sleep(AGAIN_MS, o.signal);
    } catch {
      return seen;
    }
  }
}

/** JOC stores an address without the slash at its end (joc-proved N11). */
export const isRegistered = (seen: JocSees, url: string): boolean => seen.nodes[0] !== undefined && sameUrl(seen.nodes[0].url, url);
