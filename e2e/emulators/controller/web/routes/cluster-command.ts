/** POST /controller/api/cluster/command: between the nodes, and a ClusterWatch's confirmations (controller-api 3.4, 9). */

import type { JsonObject } from '../../../shared/json';
import { executeClusterCommand } from '../../cluster/commands';
import type { Controller } from '../../controller';
import type { Exchange } from '../exchange';
import { malformed, readBody, requireType } from '../request-body';

export async function clusterCommand(controller: Controller, exchange: Exchange): Promise<void> {
  requireType(exchange, 'application/json');
  const text = await readBody(exchange);
  let json: JsonObject;
  try {
    json = JSON.parse(text) as JsonObject;
  } catch (error) {
    throw malformed(`JSON ParsingFailure: ${(error as Error).message}`);
  }
  // A requestId is a 64-bit integer: a JavaScript number would round it.
  const requestId = /"requestId"\s*:\s*(\d+)/.exec(text)?.[1];
  exchange.json(200, await executeClusterCommand(controller, json, requestId));
}
