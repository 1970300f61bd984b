/** The passive node: replicates, couples, takes over when told or when the active one is lost (controller-api 7.4, 9; recordings 08, 08b). */
import { newSecret } from '../../shared/ids';
import type { JsonObject } from '../../shared/json';
import { sleep } from '../../shared/sleep';
import type { Controller } from '../controller';
import { type ClusterSetting, type ClusterState, showClusterState } from '../state/cluster-state';
import { Problem } from '../web/problem';
import { activateAfterTakeover } from './activation';
import { Peer, retryDelayMs } from './peer';
import { Replication } from './replication';

export class PassiveNode {
  readonly #controller: Controller;
  readonly #setting: ClusterSetting;
  readonly #replication: Replication;
  readonly #token = newSecret();
  #stopped = false;
  /** Only who has been coupled since its start may fail over. */
  #coupled = false;
  #inhibitedUntil = 0;
  #guard: NodeJS.Timeout | undefined;
  #failingOver = false;

  constructor(controller: Controller, setting: ClusterSetting, fileEventId: number | undefined) {
    this.#controller = controller;
    this.#setting = setting;
    const peer = new Peer(controller.node, setting.idToUri[setting.activeId] ?? '');
    this.#replication = new Replication(controller.node, peer, setting, fileEventId, () => this.#stateChanged());
  }

  get #state(): ClusterState {
    return this.#controller.node.journal.state.clusterState;
  }

  /** ClusterInhibitActivation of the active node: no fail-over for that time. */
  inhibit(ms: number): void {
    this.#inhibitedUntil = Date.now() + ms;
  }

  confirmCoupling(token: string): void {
    if (token !== this.#token) throw Problem.text('Another passive cluster node wanted to couple');
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#guard);
    this.#replication.stop();
  }

  async run(): Promise<void> {
    const { heartbeat, heartbeatTimeout, consentTimeout } = this.#setting.timing;
    const lostMs = (heartbeat + heartbeatTimeout + consentTimeout) * 1000;
    this.#guard = setInterval(() => {
      const silentMs = Date.now() - this.#replication.lastHeard;
      if (this.#coupled && !this.#failingOver && silentMs > lostMs && Date.now() > this.#inhibitedUntil) void this.#failOver(silentMs);
    }, 500);
    void this.#replication.run();
    await this.#coupleAgainAndAgain();
  }

  #stateChanged(): void {
    const { settings, log } = this.#controller.node;
    const state = this.#state;
    log.info('js7.cluster.PassiveClusterNode', `ClusterEvent: --> ${showClusterState(state)}`);
    this.#coupled = state.TYPE === 'Coupled' && this.#replication.live;
    if (state.TYPE === 'SwitchedOver' && state.setting?.activeId === settings.nodeId) this.#activate();
  }

  #activate(): void {
    if (this.#stopped) return;
    this.stop();
    this.#controller.node.log.info(
      'js7.cluster.PassiveClusterNode',
      `Activating because ClusterState has become ${showClusterState(this.#state)}`,
    );
    void activateAfterTakeover(this.#controller);
  }

  /** Asks the active node to couple, as often as it takes. */
  async #coupleAgainAndAgain(): Promise<void> {
    const { log, settings } = this.#controller.node;
    const { activeId } = this.#setting;
    for (let attempt = 0; !this.#stopped; ) {
      const command = this.#nextCommand();
      if (!command) {
        attempt = 0;
        await sleep(200);
        continue;
      }
      try {
        const peer = this.#controller.cluster.peer(this.#setting);
        await peer.command({ TYPE: command, activeId, passiveId: settings.nodeId, token: this.#token } as JsonObject);
        attempt = 0;
        await sleep(200);
      } catch (error) {
        if (attempt >= 2)
          log.warn(
            'js7.cluster.ClusterCommon',
            `🔴 ${command}(activeId=Node:${activeId} passiveId=Node:${settings.nodeId}) command failed with ${(error as Error).message}`,
          );
        await sleep(retryDelayMs(attempt++));
      }
    }
  }

  #nextCommand(): string | undefined {
    // Nothing to say before something was heard: the state may be an old one.
    if (!this.#replication.live) return undefined;
    switch (this.#state.TYPE) {
      case 'Empty':
        return undefined;
      case 'Coupled':
        return this.#coupled ? undefined : 'ClusterRecouple';
      case 'PreparedToBeCoupled':
        return 'ClusterCouple';
      default:
        return 'ClusterPrepareCoupling';
    }
  }

  /** 19 s without a sign of the active node. Two consents are needed: of the peer (away counts), and of a ClusterWatch (none: never). */
  async #failOver(silentMs: number): Promise<void> {
    this.#failingOver = true;
    const { watch, node, cluster } = this.#controller;
    const { journal, log, settings } = node;
    const failedActiveId = this.#setting.activeId;
    log.warn(
      'js7.cluster.PassiveClusterNode',
      `❗ No heartbeat from the currently active cluster Node:${failedActiveId} since ${Math.round(silentMs / 1000)}s - trying to fail-over`,
    );
    try {
      const answer = await cluster
        .peer(this.#setting)
        .command({ TYPE: 'ClusterInhibitActivation', duration: 22 }, 3000)
        .catch(() => undefined);
      if (answer?.clusterState !== undefined) return;
      const failedAt = { fileEventId: journal.file?.fileEventId ?? 0, position: journal.file?.position ?? 0 };
      const event = { TYPE: 'ClusterFailedOver', failedActiveId, activatedId: settings.nodeId, failedAt };
      const fields = { event, clusterState: this.#state as unknown as JsonObject };
      const { problem } = await watch.ask(
        'ClusterWatchAskNodeLoss',
        { ...fields, hold: true },
        'ClusterWatchAskNodeLoss:ClusterFailedOver',
      );
      if (problem)
        return log.warn(
          'js7.cluster.ActivationConsentChecker',
          `⛔ ClusterWatch did not agree to ClusterFailedOver event: ${String(problem.message)}`,
        );
      // While it was asked, the lost one may have come back.
      if (this.#stopped || Date.now() - this.#replication.lastHeard < silentMs) return;
      await watch.ask('ClusterWatchCommitNodeLoss', fields, 'ClusterWatchCommitNodeLoss:ClusterFailedOver');
      this.stop();
      log.warn('js7.cluster.PassiveClusterNode', '❗️Failover');
      await journal.persist([event]);
      await activateAfterTakeover(this.#controller);
    } finally {
      await sleep(1500);
      this.#failingOver = false;
    }
  }
}
