/**
 * JOC as ClusterWatch of a registered cluster (joc-cockpit 6.1, controller-api 9): follows both nodes and confirms what they ask. What it must not
 * decide alone is kept as a pending loss until a person confirms it.
 */
import { newRunId } from '../shared/ids';
import { type JsonObject, numberAt, objectAt, stringAt } from '../shared/json';
import { sleep } from '../shared/sleep';
import type { PendingLoss } from './states/cluster-state';
import { call } from './upstream/http';
import { type LineStream, lines } from './upstream/stream';

const KEEP_ALIVE_S = 3;
/** The same problem is told once in this time. */
const TELL_MS = 120_000;

interface Options {
  readonly id: string;
  readonly password: string;
  readonly ca: string | undefined;
  readonly confirmFailover: boolean;
  tell(type: 'NodeLossProblemEvent' | 'FailoverProblemEvent', message: string): void;
}

export class Watch {
  readonly #options: Options;
  readonly #runId = newRunId();
  readonly #streams = new Set<LineStream>();
  readonly #authorization: string;
  #stopped = false;
  #activeId: string | undefined;
  #activeHeardAt = 0;
  #pending: (PendingLoss & { toldAt: number }) | undefined;
  /** The person who confirmed the loss of that node. */
  #confirmed: { readonly lossNode: string; readonly account: string } | undefined;

  constructor(urls: readonly string[], options: Options) {
    this.#options = options;
    this.#authorization = `Basic ${Buffer.from(`JOC:${options.password}`).toString('base64')}`;
    for (const url of urls) void this.#follow(url);
  }

  get pending(): PendingLoss | undefined {
    return this.#pending;
  }

  stop(): void {
    this.#stopped = true;
    for (const stream of this.#streams) stream.stop();
  }

  /** False if no loss is pending. */
  confirm(account: string): boolean {
    if (!this.#pending) return false;
    this.#confirmed = { lossNode: this.#pending.lossNode, account };
    this.#pending = undefined;
    return true;
  }

  async #follow(url: string): Promise<void> {
    while (!this.#stopped) {
      const query = `clusterWatchId=${encodeURIComponent(this.#options.id)}&keepAlive=${KEEP_ALIVE_S}`;
      const stream = lines(`${url}/controller/api/cluster/clusterWatchMessage?${query}`, {
        ca: this.#options.ca,
        headers: { authorization: this.#authorization },
        silenceMs: KEEP_ALIVE_S * 4000,
        onLine: (line) => {
          if (line !== '') void this.#answer(url, line);
        },
      });
      this.#streams.add(stream);
      await stream.ended.catch(() => {});
      this.#streams.delete(stream);
      if (!this.#stopped) await sleep(1000);
    }
  }

  async #answer(url: string, line: string): Promise<void> {
    const request = JSON.parse(line) as JsonObject;
    const { problem, confirmer } = this.#judge(request);
    // 64 bits: the id goes back digit by digit.
    const requestId = /"requestId":(\d+)/.exec(line)?.[1] ?? '0';
    const rest = JSON.stringify({
      clusterWatchId: this.#options.id,
      clusterWatchRunId: this.#runId,
      ...(confirmer !== undefined && { manualConfirmer: confirmer }),
      ...(problem && { problem }),
    }).slice(1);
    const body = `{"TYPE":"ClusterWatchConfirm","requestId":${requestId},${rest}`;
    const headers = { authorization: this.#authorization };
    await call(`${url}/controller/api/cluster/command`, { method: 'POST', headers, body, ca: this.#options.ca }).catch(() => {});
  }

  #judge(request: JsonObject): { problem?: JsonObject; confirmer?: string } {
    const event = objectAt(request, 'event');
    const from = stringAt(request, 'from') ?? '';
    const setting = objectAt(objectAt(request, 'clusterState'), 'setting');
    const isLoss = request.TYPE === 'ClusterWatchAskNodeLoss' || request.TYPE === 'ClusterWatchCommitNodeLoss';
    const failover = event?.TYPE === 'ClusterFailedOver';
    let confirmer: string | undefined;
    if (isLoss) {
      const lost = Object.keys(objectAt(setting, 'idToUri') ?? {}).find((id) => id !== from) ?? '';
      const activeLives = failover && from !== this.#activeId && Date.now() - this.#activeHeardAt < validMs(setting);
      if (activeLives) return { problem: { code: 'ClusterWatchActiveStillAlive', message: 'ClusterWatch observed a living active node' } };
      if (this.#confirmed?.lossNode === lost) confirmer = this.#confirmed.account;
      else if (this.#activeId === undefined) return { problem: this.#wait('NodeLossToBeConfirmed', lost, from, String(event?.TYPE)) };
      else if (failover && this.#options.confirmFailover)
        return { problem: this.#wait('FailoverToBeConfirmed', lost, from, String(event?.TYPE)) };
      if (request.TYPE === 'ClusterWatchCommitNodeLoss') this.#confirmed = undefined;
    }
    this.#activeId = stringAt(setting, 'activeId') ?? this.#activeId;
    if (request.TYPE === 'ClusterWatchCommitNodeLoss' && failover) this.#activeId = stringAt(event, 'activatedId');
    if (from === this.#activeId) this.#activeHeardAt = Date.now();
    // A fail-over that nobody needs any longer; a node loss stays until it is confirmed (joc-cockpit 6.1).
    if (!isLoss && this.#pending?.kind === 'FailoverToBeConfirmed' && this.#pending.lossNode === from) this.#pending = undefined;
    return confirmer === undefined ? {} : { confirmer };
  }

  #wait(kind: PendingLoss['kind'], lossNode: string, from: string, event: string): JsonObject {
    const failover = kind === 'FailoverToBeConfirmed';
    const code = failover ? 'ClusterFailoverNotConfirmed' : 'ClusterNodeLossNotConfirmed';
    const reason = failover ? '' : ' (due to ClusterWatch restart)';
    const message = `${event} event from Node:${from} requires user confirmation${reason}`;
    const old = this.#pending;
    const again = old?.kind === kind && old.lossNode === lossNode && Date.now() - old.toldAt < TELL_MS;
    this.#pending = { kind, lossNode, toldAt: again ? old.toldAt : Date.now() };
    if (!again) this.#options.tell(failover ? 'FailoverProblemEvent' : 'NodeLossProblemEvent', message);
    return { code, arguments: { fromNodeId: from, event }, message };
  }
}

/** How long a sign of life of the active node counts: 16 s with the usual timing (controller-api 9). */
function validMs(setting: JsonObject | undefined): number {
  const timing = objectAt(setting, 'timing');
  return (2 * (numberAt(timing, 'heartbeat') ?? 3) + (numberAt(timing, 'heartbeatTimeout') ?? 10)) * 1000;
}
