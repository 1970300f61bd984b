/** What this node asks of a ClusterWatch, and what comes back (controller-api 9, recordings 08, 08b). */
import { randomInt } from 'node:crypto';
import type { JsonObject } from '../../shared/json';
import type { Node } from '../node';
import { Problem } from '../web/problem';

export interface Confirmation {
  readonly clusterWatchId: string;
  /** A rejection. */
  readonly problem: JsonObject | undefined;
}

interface Pending {
  readonly id: bigint;
  readonly line: string;
  readonly what: string;
  readonly since: number;
  readonly resolve: (confirmation: Confirmation) => void;
}

/** Requests are told again every 3 s until somebody answers. */
const REPEAT_MS = 3000;

export class ClusterWatchCounterpart {
  readonly #node: Node;
  readonly #followers = new Set<(line: string) => void>();
  /** 64-bit, beyond what a JavaScript number holds, as recorded: 5062507197427000018. */
  #nextId = BigInt(randomInt(1_000_000, 9_000_000)) * 1_000_000_000_000n;
  #pending: Pending | undefined;
  #repeat: NodeJS.Timeout | undefined;

  constructor(node: Node) {
    this.#node = node;
  }

  /** A ClusterWatch listens; what is pending is told at once. */
  follow(write: (line: string) => void): () => void {
    this.#followers.add(write);
    if (this.#pending) write(this.#pending.line);
    return () => this.#followers.delete(write);
  }

  /** Resolves with the first answer; a newer request takes the place of an older one, which is then never answered. */
  ask(type: string, fields: JsonObject, what: string): Promise<Confirmation> {
    const id = this.#nextId++;
    const line = JSON.stringify({ TYPE: type, requestId: 0, correlId: '', from: this.#node.settings.nodeId, ...fields }).replace(
      '"requestId":0',
      `"requestId":${id}`,
    );
    return new Promise((resolve) => {
      this.cancel();
      this.#pending = { id, line, what, since: Date.now(), resolve };
      this.#tell();
      this.#repeat = setInterval(() => this.#tellAgain(), REPEAT_MS);
    });
  }

  cancel(): void {
    clearInterval(this.#repeat);
    this.#pending = undefined;
  }

  /** ClusterWatchConfirm: `requestId` digit by digit. */
  confirm(requestId: string | undefined, clusterWatchId: string, problem: JsonObject | undefined): void {
    const pending = this.#pending;
    if (!pending || requestId !== String(pending.id))
      throw new Problem('ClusterWatchRequestDoesNotMatch', 'ClusterWatch confirmation does not match request');
    this.cancel();
    pending.resolve({ clusterWatchId, problem });
  }

  #tell(): void {
    for (const write of this.#followers) if (this.#pending) write(this.#pending.line);
  }

  #tellAgain(): void {
    const { what, since, id } = this.#pending ?? { what: '', since: 0, id: 0n };
    const seconds = (Date.now() - since) / 1000;
    const registered = this.#node.journal.state.clusterState.setting?.clusterWatchId;
    const text = `Still trying to get a confirmation from ${registered ? `ClusterWatch:${registered} (or other)` : 'any ClusterWatch'} for Request:${id}:${what} for ${seconds.toFixed(1)}s...`;
    if (seconds < 8) this.#node.log.info('js7.cluster.ClusterWatchCounterpart', `🟠 ${text}`);
    else this.#node.log.warn('js7.cluster.ClusterWatchCounterpart', `🔴 ${text}`);
    this.#tell();
  }
}
