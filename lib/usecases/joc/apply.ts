import 'server-only';
import type { ErrorCode } from '../../domain/errors';
import { sameUrl } from '../../domain/joc/leads';
import { tell } from '../../domain/joc/told';
import { ok, type Result } from '../../domain/result';
import type { Message } from '../../domain/text/message';
import { code } from '../../domain/text/say';
import type { JocClient, JocRegistration } from '../../ports/joc';
import type { JocPorts } from './ports';
import { seeUntil } from './proof';

export interface Applied {
  readonly evidence: readonly Message[];
}
/** After these it is not known whether JOC did it: it is asked, and nothing is sent again. */
const OPEN: readonly ErrorCode[] = ['JOC_UNREACHABLE', 'JOC_TIMEOUT', 'JOC_TLS', 'NOT_A_JOC', 'JOC_PROBLEM'];
const OBSERVE_MS = 10_000;

/** Sends a registration once. Where the answer is lost JOC is observed: what was wanted is registered, or the failure stands. */
export async function applied(
  ports: Pick<JocPorts, 'clock' | 'sleep'>,
  client: JocClient,
  o: { readonly registration: JocRegistration; readonly from?: string; readonly controllerId: string; readonly signal: AbortSignal },
): Promise<Result<Applied>> {
  const { nodes } = o.registration;
  const url = nodes[0]?.url ?? '';
  const updated = o.from === undefined || sameUrl(o.from, url) ? [] : [tell('reg.follow.updated', { from: code(o.from), to: code(url) })];
  const sent = await client.register(o.registration);
  if (sent.ok) return ok({ evidence: updated });
  // With a code of its own it is JOC that refused.
  if (!OPEN.includes(sent.error.code) || sent.error.detail?.startsWith('JOC-')) return sent;
  const enough = (s: { nodes: readonly { url: string }[] }) =>
    s.nodes.length === nodes.length && nodes.every((n) => s.nodes.some((m) => sameUrl(m.url, n.url)));
  const seen = await seeUntil(ports, client, { controllerId: o.controllerId, ms: OBSERVE_MS, signal: o.signal, enough });
  if (!seen.ok || seen.value === 'not-registered' || !enough(seen.value)) return sent;
  return ok({ evidence: [...updated, tell('reg.follow.observed', { url: code(url) })] });
}
