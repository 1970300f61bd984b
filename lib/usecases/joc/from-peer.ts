import 'server-only';
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import type { EngineId } from '../../domain/engine/engine';
import { judgePeer, peerCommand } from '../../domain/joc/peer';
import { tell } from '../../domain/joc/told';
import type { Message } from '../../domain/text/message';
import { name } from '../../domain/text/say';
import type { Engine } from '../../ports/engine';

interface Deps {
  engine(id: EngineId): Engine | undefined;
  readonly cluster: Cluster;
}
export interface FromPeer {
  readonly from: Slot;
  readonly result: 'pass' | 'block' | 'unknown';
  readonly measured: Message;
}
/** The program in the helper gives up before; this is for one that hangs. */
const LIMIT_SECONDS = 15;

/** Does the other Controller reach the URL of `slot`? Asked by a helper in its container's network. Nothing: there is no other one. */
export async function fromPeer({ engine, cluster }: Deps, url: string, slot: Slot): Promise<readonly FromPeer[]> {
  const from = slot === 'primary' ? 'secondary' : 'primary';
  const ref = cluster[from]?.ref;
  if (!ref) return [];
  const asked = engine(ref.engineId);
  if (!asked) return [{ from, result: 'unknown', measured: tell('reg.test.peer.no-engine', { container: name(ref.name) }) }];
  const done = await asked.runHelper(ref.name, { command: peerCommand(url), timeoutSeconds: LIMIT_SECONDS, network: 'own' });
  if (!done.ok) return [{ from, result: 'unknown', measured: tell('reg.test.peer.not', { why: done.error.message }) }];
  return [{ from, ...judgePeer(done.value, ref.name) }];
}
