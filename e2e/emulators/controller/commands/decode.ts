/** Which commands there are, and how what is none is refused (controller-api 3.1, recordings 01/115-124). */
import { type JsonObject, objectAt, stringAt } from '../../shared/json';
import { malformed } from '../web/request-body';

const KNOWN = [
  'NoOperation',
  'TakeSnapshot',
  'ShutDown',
  'EmergencyStop',
  'ClusterSwitchOver',
  'ClusterAppointNodes',
  'ConfirmClusterNodeLoss',
  'ReleaseEvents',
  'ResetAgent',
  'ResetSubagent',
  'Batch',
  'AddOrder',
  'AddOrders',
  'CancelOrders',
  'DeleteOrdersWhenTerminated',
  'EmitTestEvent',
];

/** Returns the TYPE. */
export function commandType(command: JsonObject): string {
  const type = stringAt(command, 'TYPE');
  if (type === undefined) throw malformed('JSON DecodingFailure at .TYPE: Missing required field');
  if (!KNOWN.includes(type))
    throw malformed(
      `JSON DecodingFailure at : Unexpected JSON {"TYPE": "${type}", ...} for js7.data.controller.ControllerCommand.jsonCodec: TypedJsonCodec[ControllerCommand]`,
    );
  const action = objectAt(command, 'clusterAction');
  if (type === 'ShutDown' && action && action.TYPE !== 'Switchover' && action.TYPE !== 'Failover') {
    throw malformed(
      `JSON DecodingFailure at .clusterAction: Unexpected JSON {"TYPE": ${JSON.stringify(action.TYPE)}, ...} for js7.data.controller.ControllerCommand.ShutDown.ClusterAction.jsonCodec: TypedJsonCodec[ControllerCommand$ShutDown.ClusterAction]`,
    );
  }
  return type;
}
