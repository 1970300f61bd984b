/** POST /controller/api/command (controller-api 3.1). */
import { execute } from '../../commands/execute';
import type { Controller } from '../../controller';
import type { Exchange } from '../exchange';
import { readJson } from '../request-body';

/** `js7.web.server.services.command-size-limit` (controller-api 0.4). */
const LIMIT = 8 * 1024 * 1024;

export async function command(controller: Controller, exchange: Exchange, userId: string): Promise<void> {
  const json = await readJson(exchange, LIMIT);
  const source = exchange.request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
  exchange.json(200, await execute(controller, json, { userId, source }));
}
