/** POST /controller/api/item: ndjson of operations; always 400 when refused (controller-api 1, 3.1; recordings 11/001-002, 03/017). */
import type { Json, JsonObject } from '../../../shared/json';
import { objectAt } from '../../../shared/json';
import { requireActive } from '../../commands/active';
import { updateItems } from '../../commands/update-items';
import type { Controller } from '../../controller';
import type { Exchange } from '../exchange';
import { Problem } from '../problem';
import { readBody } from '../request-body';

const OPERATIONS = ['AddOrChangeSimple', 'AddOrChangeSigned', 'AddVersion', 'DeleteSimple', 'RemoveVersioned'];

export async function item(controller: Controller, exchange: Exchange): Promise<void> {
  const text = await readBody(exchange);
  try {
    await requireActive(controller.node);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    // Here the real one forgets the TYPE, and the status is 400.
    return exchange.problem(new Problem(problem.code, problem.message, undefined, 400), { withoutType: true });
  }
  const operations = text
    .split('\n')
    .filter((l) => l.trim() !== '')
    .map((line) => decode(JSON.parse(line) as Json));
  await updateItems(controller, operations);
  exchange.json(200, {});
}

function decode(json: Json): JsonObject {
  const operation = json as JsonObject;
  if (!OPERATIONS.includes(String(operation.TYPE)))
    throw Problem.text(
      `JSON DecodingFailure at : Unexpected JSON {"TYPE": ${JSON.stringify(operation.TYPE)}, ...} for js7.data.item.ItemOperation`,
    );
  const type = objectAt(operation, 'item')?.TYPE;
  if (
    operation.TYPE === 'AddOrChangeSimple' &&
    !['AgentRef', 'SubagentItem', 'Lock', 'Calendar', 'SubagentBundle', 'GlobalBoard', 'Board'].includes(String(type))
  ) {
    throw Problem.text(
      `JSON DecodingFailure at .item: Unexpected JSON {"TYPE": ${JSON.stringify(type)}, ...} for js7.data.event.ItemContainer.Companion#unsignedSimpleItemJsonCodec: TypedJsonCodec[UnsignedSimpleItem]`,
    );
  }
  return operation;
}
