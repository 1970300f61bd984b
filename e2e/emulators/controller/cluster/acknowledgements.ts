/** What the active node hears of the passive one: acknowledged EventIds and heartbeats (recording 08/035). */
import type { EventId } from '../../shared/event-id';
import { sleep } from '../../shared/sleep';
import type { Controller } from '../controller';
import type { ClusterSetting } from '../state/cluster-state';
import type { Peer } from './peer';

export class Acknowledgements {
  readonly #controller: Controller;
  readonly #onLost: () => Promise<void>;
  #generation = 0;
  #lastHeard = 0;
  #guard: NodeJS.Timeout | undefined;
  #stopStream: (() => void) | undefined;

  constructor(controller: Controller, onLost: () => Promise<void>) {
    this.#controller = controller;
    this.#onLost = onLost;
  }

  /** Reads until stopped; tells once when nothing was heard for heartbeat + heartbeatTimeout. */
  follow(peer: Peer, { timing }: ClusterSetting): void {
    this.stop();
    const generation = this.#generation;
    const lostMs = (timing.heartbeat + timing.heartbeatTimeout) * 1000;
    this.#lastHeard = Date.now();
    this.#guard = setInterval(() => {
      if (Date.now() - this.#lastHeard < lostMs) return;
      clearInterval(this.#guard);
      void this.#onLost();
    }, 250);
    void this.#read(peer, timing.heartbeat, generation);
  }

  async #read(peer: Peer, heartbeat: number, generation: number): Promise<void> {
    while (generation === this.#generation) {
      const stream = peer.stream(`/controller/api/event?onlyAcks=true&heartbeat=${heartbeat}&after=0`, (line) => {
        if (generation !== this.#generation) return;
        this.#lastHeard = Date.now();
        if (line.length > 0) this.#controller.node.journal.acknowledged(Number(line.toString()));
      });
      this.#stopStream = () => stream.stop();
      await stream.ended.catch(() => {});
      await sleep(500);
    }
  }

  /** Waits for ever, if need be. */
  async waitFor(peer: Peer, eventId: EventId): Promise<void> {
    const { log } = this.#controller.node;
    log.info(
      'js7.cluster.ActiveClusterNode',
      `Requesting the passive node's acknowledgement for the last recovered event (${eventId}) ...`,
    );
    const generation = this.#generation;
    for (let done = false; !done && generation === this.#generation; ) {
      const stream = peer.stream('/controller/api/event?onlyAcks=true&heartbeat=1&after=0', (line) => {
        if (line.length === 0 || Number(line.toString()) < eventId) return;
        done = true;
        stream.stop();
      });
      await stream.ended.catch(() => {});
      if (!done) await sleep(1000);
    }
    log.info('js7.cluster.ActiveClusterNode', '✔︎ Passive node acknowledged the recovered state');
  }

  stop(): void {
    this.#generation++;
    clearInterval(this.#guard);
    this.#stopStream?.();
    this.#stopStream = undefined;
  }
}
