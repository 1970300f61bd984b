/** The active node of a pair: asks the ClusterWatch, starts the backup node, couples, notices the loss of the passive one (controller-api 7.3, 9). */
import type { EventId } from '../../shared/event-id';
import type { JsonObject } from '../../shared/json';
import { sleep } from '../../shared/sleep';
import type { Controller } from '../controller';
import { type ClusterSetting, type ClusterState, passiveId } from '../state/cluster-state';
import type { NewEvent } from '../state/events';
import { Problem } from '../web/problem';
import { Acknowledgements } from './acknowledgements';
import { retryDelayMs } from './peer';

export class ActiveNode {
  readonly #controller: Controller;
  readonly #acks: Acknowledgements;
  #stopped = false;
  #started = false;
  #beat: NodeJS.Timeout | undefined;
  /** One change of the cluster state at a time. */
  #changing: Promise<unknown> = Promise.resolve();

  constructor(controller: Controller) {
    this.#controller = controller;
    this.#acks = new Acknowledgements(controller, () => this.#passiveLost());
  }

  get #state(): ClusterState {
    return this.#controller.node.journal.state.clusterState;
  }

  get #setting(): ClusterSetting {
    const { setting } = this.#state;
    if (!setting) throw new Error('no cluster');
    return setting;
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    void this.#beatOnce();
    if (this.#state.TYPE === 'NodesAppointed') void this.#startBackupNode();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#beat);
    this.#acks.stop();
  }

  /** The ClusterWatch's heartbeat: it must agree that this node is the active one, or this node ends. */
  async #beatOnce(): Promise<void> {
    if (this.#stopped) return;
    await this.confirmState();
    if (!this.#stopped) this.#beat = setTimeout(() => void this.#beatOnce(), this.#setting.timing.heartbeat * 1000);
  }

  /** Resolves when a ClusterWatch agreed; registers it if it is a new one. */
  async confirmState(): Promise<void> {
    const { TYPE: type } = this.#state;
    const clusterState = this.#state as unknown as JsonObject;
    const { clusterWatchId, problem } = await this.#controller.watch.ask(
      'ClusterWatchCheckState',
      { clusterState },
      `ClusterState:${type}(Node:${this.#controller.node.settings.nodeId} is active)`,
    );
    if (this.#stopped) return;
    if (problem) this.#controller.halt(98, `🔥 HALT because ClusterWatch heartbeat failed: ${String(problem.message)}`);
    if (this.#setting.clusterWatchId === clusterWatchId) return;
    this.#controller.node.log.info('js7.cluster.ClusterWatchCounterpart', `ClusterWatch:${clusterWatchId} will be registered`);
    await this.#change([{ TYPE: 'ClusterWatchRegistered', clusterWatchId }]);
  }

  /** Persists and tells the ClusterWatch, without waiting for it. */
  async #change(events: readonly NewEvent[], withoutAck = true): Promise<void> {
    const { node } = this.#controller;
    const persisted = this.#changing.then(() => node.journal.persist(events, { withoutAck }));
    this.#changing = persisted.catch(() => {});
    await persisted;
  }

  #tellWatch(event: NewEvent): void {
    const { watch } = this.#controller;
    if (this.#setting.clusterWatchId === undefined) return;
    clearTimeout(this.#beat);
    void watch
      .ask('ClusterWatchCheckEvent', { event, clusterState: this.#state as unknown as JsonObject }, `Event:${event.TYPE}`)
      .then(() => {
        if (!this.#stopped) this.#beat = setTimeout(() => void this.#beatOnce(), this.#setting.timing.heartbeat * 1000);
      });
  }

  async #startBackupNode(): Promise<void> {
    const { cluster, node } = this.#controller;
    for (let attempt = 0; !this.#stopped && this.#state.TYPE === 'NodesAppointed'; attempt++) {
      const file = node.journal.file?.fileEventId ?? 0;
      const command = {
        TYPE: 'ClusterStartBackupNode',
        setting: this.#setting as unknown as JsonObject,
        fileEventId: file,
        activeNodeName: node.settings.controllerId,
        passiveNodeUserId: node.settings.controllerId,
      };
      try {
        await cluster.peer(this.#setting).command(command);
        return;
      } catch (error) {
        node.log.warn('js7.cluster.ClusterCommon', `ClusterStartBackupNode command failed with ${(error as Error).message}`);
      }
      await sleep(retryDelayMs(attempt));
    }
  }

  /** ClusterPrepareCoupling: the passive node wants to couple; is it really that one? */
  async prepareCoupling(token: string): Promise<void> {
    if (this.#isPrepared()) return;
    await this.#controller.cluster
      .peer(this.#setting)
      .command({ TYPE: 'ClusterConfirmCoupling', token }, 3000)
      .catch((error: Error) => {
        throw Problem.text(
          `A passive cluster node wanted to couple but ${this.#controller.cluster.peer(this.#setting).uri} does not respond: ${error.message}`,
        );
      });
    if (this.#isPrepared()) return;
    const event = { TYPE: 'ClusterCouplingPrepared', activeId: this.#setting.activeId };
    await this.#change([event]);
    this.#tellWatch(event);
  }

  #isPrepared(): boolean {
    return this.#state.TYPE === 'PreparedToBeCoupled' || this.#state.TYPE === 'Coupled';
  }

  /** ClusterCouple: from now on events need the passive node's acknowledgement. */
  async couple(): Promise<void> {
    const { log, journal } = this.#controller.node;
    if (this.#state.TYPE !== 'PreparedToBeCoupled') return;
    if (this.#setting.clusterWatchId === undefined) throw new Problem('NoClusterWatch', 'No ClusterWatch has registered itself');
    const event = { TYPE: 'ClusterCoupled', activeId: this.#setting.activeId };
    await this.#change([event]);
    this.#tellWatch(event);
    journal.ackRequired = true;
    log.info('js7.journal.Committer', 'Cluster is coupled: Start requiring acknowledgements from passive cluster node');
    this.#acks.follow(this.#controller.cluster.peer(this.#setting), this.#setting);
  }

  /** ClusterRecouple, ClusterPassiveDown: the passive node says itself that it is not coupled (any more). */
  async passiveIsGone(): Promise<void> {
    if (this.#state.TYPE !== 'Coupled') return;
    await this.#persistPassiveLost();
  }

  async #persistPassiveLost(): Promise<void> {
    this.#acks.stop();
    this.#controller.node.journal.ackRequired = false;
    const event = { TYPE: 'ClusterPassiveLost', id: passiveId(this.#setting) };
    await this.#change([event]);
    this.#tellWatch(event);
  }

  /** 13 s without a sign of the passive node: only with the consent of ClusterWatch and peer (recording 08: 17 s after the kill). */
  async #passiveLost(): Promise<void> {
    const { watch, node } = this.#controller;
    const setting = this.#setting;
    const event: NewEvent = { TYPE: 'ClusterPassiveLost', id: passiveId(setting) };
    node.log.warn(
      'js7.cluster.ActiveClusterNode',
      `❗ No heartbeat from passive cluster Node:${passiveId(setting)} since ${setting.timing.heartbeat + setting.timing.heartbeatTimeout}s - trying to continue as single active node`,
    );
    clearTimeout(this.#beat);
    const fields = { event, clusterState: this.#state as unknown as JsonObject };
    const asked = watch.ask('ClusterWatchAskNodeLoss', { ...fields, hold: true }, 'ClusterWatchAskNodeLoss:ClusterPassiveLost');
    // The peer is asked beside; it is given the time it would need to answer.
    await Promise.race([
      this.#controller.cluster
        .peer(setting)
        .command({ TYPE: 'ClusterInhibitActivation', duration: 22 }, 4000)
        .then(
          () => {},
          () => sleep(3500),
        ),
      sleep(4000),
    ]);
    const { problem } = await asked;
    if (problem) this.#controller.halt(98, `🔥 HALT because ClusterWatch rejected ClusterPassiveLost: ${String(problem.message)}`);
    await watch.ask('ClusterWatchCommitNodeLoss', fields, 'ClusterWatchCommitNodeLoss:ClusterPassiveLost');
    if (this.#stopped || this.#state.TYPE !== 'Coupled') return;
    await this.#persistPassiveLost();
  }

  /** After a restart: the passive node must have the last event before this node works (controller-api 7.3). */
  async awaitAcknowledgement(eventId: EventId): Promise<void> {
    await this.#acks.waitFor(this.#controller.cluster.peer(this.#setting), eventId);
  }
}
