/** GET /metrics: the few metrics a client would look for, with the real labels (controller-api 1.8, recording 01/023). */
import { isReadable, type Node } from '../../node';
import type { Exchange } from '../exchange';
import { quality } from '../negotiation';

const TYPE = 'text/plain; version=0.0.4';
const CODES = ['Empty', 'NodesAppointed', 'PreparedToBeCoupled', 'Coupled', 'ActiveShutDown', 'PassiveLost', 'SwitchedOver', 'FailedOver'];

export function metrics(node: Node, exchange: Exchange): void {
  if (quality(exchange.accept, 'text/plain') === 0) {
    exchange.notAcceptable([TYPE]);
    return;
  }
  const { journal, settings } = node;
  const labels = `{js7ServerId="Controller/${settings.isBackup ? 'secondary' : 'primary'}",js7ServerGroupId="Engine:${settings.controllerId}"}`;
  const files = journal.info().journalFiles;
  // Known even while everything else hangs (controller-api-proved, surprise 13); nothing to tell on an unappointed backup.
  const state = isReadable(node) || node.role.phase === 'blocked' || node.role.phase === 'waiting' ? journal.state : undefined;
  const values: [string, number][] = [
    ...(state
      ? ([
          ['js7_EngineState_ClusterStateCode', CODES.indexOf(state.clusterState.TYPE)],
          ['js7_EngineState_OrderCount', state.orderCount],
        ] as [string, number][])
      : []),
    ['js7_EngineState_JVMRunningSeconds', (Date.now() - node.startedAt) / 1000],
    ['js7_Journal_FileSize', files.at(-1)?.position ?? 0],
    ['js7_Journal_AllFileSize', files.reduce((sum, f) => sum + f.position, 0)],
    ['js7_Sessions_SessionCount', node.sessions.list().length],
  ];
  const body = exchange.stream(TYPE);
  body.write(
    values
      .map(
        ([name, value]) =>
          `# HELP ${name} Emulated by Handover\n# TYPE ${name} untyped\n${name}${labels} ${Number.isInteger(value) ? value.toFixed(1) : value}\n`,
      )
      .join(''),
  );
  body.end();
}
