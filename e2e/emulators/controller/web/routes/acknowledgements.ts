/** `/event?onlyAcks=true`: a passive node tells what it has; the active one reads it (recordings 01/053, 08/034-035). */
import type { Node } from '../../node';
import { type Exchange, NDJSON } from '../exchange';
import { Problem } from '../problem';
import { Ticker } from './ticker';

export const ackFromActive = (): Problem =>
  new Problem('AckFromActiveClusterNode', "An active cluster node doesn't provide replication acknowledgements");

export function acknowledgements(node: Node, exchange: Exchange, heartbeatMs: number | undefined, timeoutMs: number | undefined): void {
  if (node.role.phase !== 'passive') throw ackFromActive();
  const body = exchange.stream(NDJSON);
  let told = -1;
  const pump = (): 'data' | 'nothing' | 'end' => {
    // Once this node is active itself, it acknowledges nothing any more.
    if (node.role.phase !== 'passive') return 'end';
    if (node.journal.lastEventId === told) return 'nothing';
    told = node.journal.lastEventId;
    body.write(`${told}\n`);
    return 'data';
  };
  const stop = new Ticker(node.journal, { heartbeatMs, timeoutMs }, () => body).run(pump, () => body.end());
  exchange.onClosed(stop);
}
