/**
 * Does JOC's proxy follow the live Controller? The only proof that REST gives is the time of the last event that the proxy has, which is not older than the
 * Controller's start (joc-proved N3). It proves nothing while another Controller may work (N13): the event may be the other one's.
 */
import type { Millis } from '../reading';

export type Following = 'follows' | 'behind' | 'unknown';

/** A proxy couples up to about 5 s after a start (joc-proved N16); on a busy machine later. So long "behind" is no news. */
export const PROXY_GRACE_MS = 15_000;

/** Both times are the Controller's clock. */
export function proxyOf(o: {
  readonly proxyAt: Millis | undefined;
  readonly startedAt: Millis | undefined;
  /** Another Controller of this ID works, or may. */
  readonly otherMayWork: boolean;
}): Following {
  if (o.proxyAt === undefined || o.startedAt === undefined) return 'unknown';
  if (o.proxyAt < o.startedAt) return 'behind';
  return o.otherMayWork ? 'unknown' : 'follows';
}
