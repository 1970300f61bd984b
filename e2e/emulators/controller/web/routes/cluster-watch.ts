/** GET /controller/api/cluster/clusterWatchMessage: what this node wants a ClusterWatch to confirm (controller-api 9, recording 08/014). */
import type { Controller } from '../../controller';
import { type Exchange, NDJSON } from '../exchange';
import { requiredDuration } from '../parameters';

export function clusterWatchMessages(controller: Controller, exchange: Exchange): void {
  const keepAliveMs = requiredDuration(exchange, 'keepAlive');
  const body = exchange.stream(NDJSON);
  const beat = setInterval(() => body.write('\n'), keepAliveMs);
  const stop = controller.watch.follow((line) => body.write(`${line}\n`));
  exchange.onClosed(() => {
    clearInterval(beat);
    stop();
  });
}
