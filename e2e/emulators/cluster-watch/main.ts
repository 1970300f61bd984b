/**
 * A tiny emulated ClusterWatch (controller-api 9): follows both nodes and confirms what they ask. `--node=URL` (twice), `--id=NAME`.
 * It is taught by the first heartbeat it hears; a loss it has not been taught about is not confirmed (recording 08b).
 */

import { postText, streamLines } from '../shared/http-client';
import { newRunId } from '../shared/ids';
import { type JsonObject, objectAt, stringAt } from '../shared/json';
import { clock, toStderr } from '../shared/log-file';
import { parseOptions } from '../shared/options';
import { sleep } from '../shared/sleep';

const { values } = parseOptions(process.argv.slice(2), ['node', 'id']);
const id = values.get('id')?.[0] ?? 'CLUSTER-WATCH';
const runId = newRunId();
/** When the active node was heard last: a fail-over is refused while it is alive. */
let activeHeardAt = 0;
let activeId: string | undefined;
const STILL_ALIVE_MS = 16_000;

/** The problem, if the request is not confirmed. */
function judge(request: JsonObject): JsonObject | undefined {
  const event = objectAt(request, 'event');
  const from = stringAt(request, 'from') ?? '';
  const isLoss = request.TYPE === 'ClusterWatchAskNodeLoss' || request.TYPE === 'ClusterWatchCommitNodeLoss';
  if (isLoss && activeId === undefined) {
    const message = `${String(event?.TYPE)} event from Node:${from} requires user confirmation (due to ClusterWatch restart)`;
    return { code: 'ClusterNodeLossNotConfirmed', arguments: { fromNodeId: from, event: String(event?.TYPE) }, message };
  }
  if (isLoss && event?.TYPE === 'ClusterFailedOver' && from !== activeId && Date.now() - activeHeardAt < STILL_ALIVE_MS) {
    return { code: 'ClusterWatchActiveStillAlive', message: 'ClusterWatch observed a living active node' };
  }
  activeId = stringAt(objectAt(objectAt(request, 'clusterState'), 'setting'), 'activeId') ?? activeId;
  if (request.TYPE === 'ClusterWatchCommitNodeLoss' && event?.TYPE === 'ClusterFailedOver') activeId = stringAt(event, 'activatedId');
  if (from === activeId) activeHeardAt = Date.now();
  return undefined;
}

async function answer(node: string, line: string): Promise<void> {
  const problem = judge(JSON.parse(line) as JsonObject);
  // 64 bits: the id goes back digit by digit.
  const requestId = /"requestId":(\d+)/.exec(line)?.[1] ?? '0';
  const rest = JSON.stringify({ clusterWatchId: id, clusterWatchRunId: runId, ...(problem && { problem }) }).slice(1);
  if (problem) toStderr(`${clock()} ⛔ ${String(problem.message)}`);
  await postText(
    new URL('/controller/api/cluster/command', node).href,
    `{"TYPE":"ClusterWatchConfirm","requestId":${requestId},${rest}`,
  ).catch(() => {});
}

async function follow(node: string): Promise<void> {
  for (;;) {
    const url = new URL(`/controller/api/cluster/clusterWatchMessage?clusterWatchId=${encodeURIComponent(id)}&keepAlive=3`, node).href;
    const stream = streamLines(url, (line) => {
      if (line !== '') void answer(node, line);
    });
    await stream.ended.catch(() => {});
    await sleep(1000);
  }
}

toStderr(`${clock()} JS7 ClusterWatch · EMULATION by Handover: this is not a JS7 product`);
const nodes = values.get('node') ?? [];
if (nodes.length === 0) {
  toStderr('usage: run --node=URL --node=URL [--id=NAME]');
  process.exit(1);
}
for (const node of nodes) void follow(node);
