/** The cluster side of a Controller: standalone, active of a pair, or passive; and how one becomes the other (controller-api 3.3, 7). */
import type { JsonObject } from '../../shared/json';
import { objectAt, stringAt } from '../../shared/json';
import { sleep } from '../../shared/sleep';
import { requireActive } from '../commands/active';
import type { Controller } from '../controller';
import type { Node } from '../node';
import { type ClusterSetting, passiveId, peerId, showClusterState } from '../state/cluster-state';
import { noLicense, notActive, notAppointed, Problem, switchingOver } from '../web/problem';
import { ActiveNode } from './active-node';
import { PassiveNode } from './passive-node';
import { Peer } from './peer';

export class ClusterNode {
  readonly #controller: Controller;
  active: ActiveNode | undefined;
  passive: PassiveNode | undefined;

  constructor(controller: Controller) {
    this.#controller = controller;
  }

  get #node(): Node {
    return this.#controller.node;
  }

  get setting(): ClusterSetting | undefined {
    return this.#node.journal.state.clusterState.setting;
  }

  peer(setting: ClusterSetting): Peer {
    return new Peer(this.#node, setting.idToUri[peerId(setting, this.#node.settings.nodeId)] ?? '');
  }

  stop(): void {
    this.active?.stop();
    this.passive?.stop();
    this.#controller.watch.cancel();
  }

  /** This node is active and its journal has nodes: heartbeats, backup node, coupling. */
  startActive(): void {
    this.takeOver().start();
  }

  /** The active part, not yet at work. */
  takeOver(): ActiveNode {
    this.passive = undefined;
    this.active ??= new ActiveNode(this.#controller);
    return this.active;
  }

  /** Follows the active node; `fileEventId` where there is no journal yet. */
  startPassive(setting: ClusterSetting, fileEventId?: number): void {
    this.#node.journal.continuesFile = fileEventId === undefined;
    this.#node.role.become('passive');
    this.passive = new PassiveNode(this.#controller, setting, fileEventId);
    void this.passive.run();
  }

  /** ClusterStartBackupNode: the licence is asked for only after the answer (recording 07). */
  startBackup(setting: ClusterSetting, fileEventId: number): void {
    const { log, settings } = this.#node;
    if (settings.licensed) this.startPassive(setting, fileEventId);
    else {
      setTimeout(() => {
        log.error('js7.common.system.startup.ServiceMain', noLicense().message);
        void this.#controller.terminate(1);
      }, 1000);
    }
  }

  /** ClusterAppointNodes (recordings 01/121-123, 03/015, 07). No licence is asked for: that is the trap. */
  async appoint(command: JsonObject): Promise<void> {
    const { role } = this.#node;
    if (role.phase === 'unappointed' || role.phase === 'passive') throw notActive();
    await requireActive(this.#node);
    const idToUri = objectAt(command, 'idToUri') as Record<string, string> | undefined;
    const ids = Object.keys(idToUri ?? {});
    const activeId = stringAt(command, 'activeId') ?? '';
    if (!idToUri || ids.length !== 2) throw Problem.text('Exactly two URIs are expected');
    if (new Set(Object.values(idToUri)).size !== 2) throw Problem.text('URIs must be different');
    if (!(activeId in idToUri))
      throw Problem.text(`Unknown Node:${activeId}, expected one of ${ids.map((id) => `'Node:${id}'`).join(', ')}`);
    await this.appointSetting({ idToUri, activeId, timing: this.#node.settings.timing });
  }

  async appointSetting(wanted: ClusterSetting): Promise<void> {
    const { journal, role, settings } = this.#node;
    const { clusterState } = journal.state;
    const current = clusterState.setting;
    if (current) return this.#changeSetting(current, wanted);
    await journal.persist([{ TYPE: 'ClusterNodesAppointed', setting: wanted as unknown as JsonObject }]);
    if (wanted.activeId !== settings.nodeId) {
      role.become('zombie');
      throw Problem.text(
        'java.util.concurrent.ExecutionException: Boxed Exception, caused by: java.lang.AssertionError: assertThat(initialClusterState.activeId == ownId) failed in js7.cluster.ActiveClusterNode.start (ActiveClusterNode.scala:75)',
        500,
      );
    }
    this.startActive();
  }

  async #changeSetting(current: ClusterSetting, wanted: ClusterSetting): Promise<void> {
    const { journal, settings } = this.#node;
    const passive = passiveId(current);
    const { clusterWatchId: _, ...plain } = current;
    const same = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
    if (same(plain, wanted)) return;
    const onlyPassiveUri = same(plain, { ...wanted, idToUri: { ...wanted.idToUri, [passive]: current.idToUri[passive] } });
    if (!onlyPassiveUri) {
      const clusterState = showClusterState(journal.state.clusterState);
      throw new Problem('ClusterSettingNotUpdatable', `Current ClusterState cannot be updated: ${clusterState}`, { clusterState });
    }
    if (!settings.licensed) throw noLicense();
    await this.active?.passiveIsGone();
    await journal.persist([{ TYPE: 'ClusterSettingUpdated', passiveUri: wanted.idToUri[passive] }]);
  }

  /** ClusterSwitchOver, and ShutDown with Switchover. Resolves when the ClusterWatch knows; without one, never (recording 08/127). */
  async switchOver(restart: boolean): Promise<void> {
    const { journal, role } = this.#node;
    const { clusterState } = journal.state;
    if (role.phase === 'unappointed') throw notAppointed();
    if (role.closing === 'switching over') throw switchingOver();
    if (clusterState.TYPE === 'Empty' || !clusterState.setting) throw notActive();
    if (clusterState.TYPE !== 'Coupled') {
      const name = `ClusterState.${clusterState.TYPE}`;
      throw new Problem(
        'ClusterSwitchOverButNotCoupled',
        `Switchover is possible only for the active and coupled cluster node, but cluster state is: ${name}`,
        { clusterState: name },
      );
    }
    role.close('switching over');
    this.#controller.agents.stop();
    const event = { TYPE: 'ClusterSwitchedOver', activatedId: passiveId(clusterState.setting) };
    await journal.persist([event]);
    journal.ackRequired = false;
    this.active?.stop();
    role.close(undefined);
    role.become('zombie');
    await this.#controller.watch.ask(
      'ClusterWatchCheckEvent',
      { event, clusterState: journal.state.clusterState as unknown as JsonObject },
      'Event:ClusterSwitchedOver',
    );
    // The answer must be out, and the other node must have read all, before the port closes.
    void sleep(300).then(() => this.#controller.terminate(restart ? 97 : 0));
  }

  /** Before ControllerShutDown: the passive node must know that it shall not take over. */
  async activeGoesDown(): Promise<void> {
    const { journal } = this.#node;
    const coupled = journal.state.clusterState.TYPE === 'Coupled';
    if (coupled) await journal.persist([{ TYPE: 'ClusterActiveNodeShutDown' }]);
    this.active?.stop();
    journal.ackRequired = false;
  }

  /** Tells the active node; it does not matter if that is away. */
  async passiveGoesDown(): Promise<void> {
    const { setting } = this;
    this.passive?.stop();
    if (!setting) return;
    await this.peer(setting)
      .command({ TYPE: 'ClusterPassiveDown', activeId: setting.activeId, passiveId: this.#node.settings.nodeId }, 1000)
      .catch(() => {});
  }
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([k, v]) => [k, sorted(v)]),
  );
}
