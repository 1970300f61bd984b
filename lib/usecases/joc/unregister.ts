import 'server-only';
import { problem } from '../../domain/errors';
import type { JocAudit } from '../../domain/joc/joc';
import { err, ok, type Result } from '../../domain/result';
import type { JocPorts } from './ports';
import { mayNot } from './register';

const OBSERVE_MS = 10_000;
const AGAIN_MS = 500;

/** JOC forgets the Controller. One that it does not know (any more) is done; a lost answer is observed, nothing is sent twice. */
export async function unregister(
  ports: JocPorts,
  o: { readonly jocId: string; readonly controllerId: string; readonly audit: JocAudit; readonly signal: AbortSignal },
): Promise<Result<void>> {
  const client = ports.client(o.jocId);
  if (!client) return err(problem('NOT_FOUND', 'There is no such JOC Cockpit.'));
  const facts = await client.look();
  if (!facts.ok) return facts;
  const refused = mayNot(facts.value, o);
  if (refused) return err(refused);
  const done = await client.unregister(o.controllerId, o.audit);
  if (done.ok || done.error.code === 'JOC_UNKNOWN_CONTROLLER') return ok(undefined);
  if (done.error.detail?.startsWith('JOC-')) return done;
  for (const until = ports.clock.now() + OBSERVE_MS; ; ) {
    const seen = await client.see(o.controllerId);
    if (seen.ok && seen.value === 'not-registered') return ok(undefined);
    if (o.signal.aborted || ports.clock.now() + AGAIN_MS >= until) return done;
    await ports.sleep(AGAIN_MS, o.signal).catch(() => {});
  }
}
