/** The derivation of states, by the tables of joc-cockpit 2.2-2.4. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../shared/json';
import { deriveCluster, type PendingLoss } from './cluster-state';
import { deriveNode, type NodeState, type Seen } from './node-state';

const [P, B] = ['http://primary:4444', 'http://backup:4444'];
const primary = { role: 'PRIMARY', url: P, clusterUrl: P } as const;
const backup = { role: 'BACKUP', url: B, clusterUrl: B } as const;
const standalone = { role: 'STANDALONE', url: P, clusterUrl: P } as const;

const tells = (TYPE: string, activeId = 'Primary'): Seen => ({
  kind: 'both',
  cluster: TYPE === 'Empty' ? { TYPE } : ({ TYPE, setting: { idToUri: { Primary: P, Backup: B }, activeId } } as JsonObject),
});
const DOWN: Seen = { kind: 'unreachable' };
const NOT_READY: Seen = {
  kind: 'overview',
  why: 'ControllerServiceUnavailableException: ClusterNodeIsNotReady: Cluster node is not ready',
};
const NOT_APPOINTED: Seen = { kind: 'overview', why: 'ControllerServiceUnavailableException: BackupClusterNodeNotAppointed: …' };

const shown = (n: NodeState | undefined): string => `${n?.component._text} / ${n?.node?._text ?? '-'} / ${n?.connection._text}`;

function picture(p: Seen, b: Seen, pending?: PendingLoss): { p: string; b: string; cluster: string; coupled: string } {
  const nodes = [deriveNode(primary, p, pending?.lossNode === 'Primary'), deriveNode(backup, b, pending?.lossNode === 'Backup')];
  const view = deriveCluster(nodes, pending);
  const { _text, severity, lossNode } = view.clusterState;
  return {
    p: shown(view.nodes[0]),
    b: shown(view.nodes[1]),
    cluster: [_text, severity, lossNode].filter((x) => x !== undefined).join(' '),
    coupled: view.nodes.map((n) => n.isCoupled).join(' '),
  };
}

const LOSS_OF_BACKUP: PendingLoss = { kind: 'NodeLossToBeConfirmed', lossNode: 'Backup' };
const FAILOVER: PendingLoss = { kind: 'FailoverToBeConfirmed', lossNode: 'Primary' };
const [WORKS, WAITS] = ['operational / active / established', 'operational / inactive / established'];
const GONE = 'unknown / unknown / unreachable';

describe('two nodes', () => {
  test.each<[string, Seen, Seen, PendingLoss | undefined, string, string, string]>([
    ['registered, not appointed', tells('Empty'), NOT_APPOINTED, undefined, WORKS, 'unknown / unknown / established', 'ClusterEmpty 2'],
    ['appointed', tells('NodesAppointed'), tells('NodesAppointed'), undefined, WORKS, WAITS, 'ClusterNodesAppointed 1'],
    [
      'prepared',
      tells('PreparedToBeCoupled'),
      tells('PreparedToBeCoupled'),
      undefined,
      WORKS,
      'inoperable / inactive / established',
      'ClusterPreparedToBeCoupled 2',
    ],
    ['coupled', tells('Coupled'), tells('Coupled'), undefined, WORKS, WAITS, 'ClusterCoupled 0'],
    [
      'coupled, the passive one just died',
      tells('Coupled'),
      DOWN,
      undefined,
      WORKS,
      'unknown / inactive / unreachable',
      'ClusterUnknown 4',
    ],
    ['passive lost', tells('PassiveLost'), DOWN, undefined, WORKS, GONE, 'ClusterPassiveLost 1'],
    ['coupled, the active one just died', DOWN, tells('Coupled'), undefined, GONE, WAITS, 'ClusterUnknown 4'],
    ['failed over', DOWN, tells('FailedOver', 'Backup'), undefined, GONE, WORKS, 'ClusterFailedOver 1'],
    ['switched over', tells('SwitchedOver', 'Backup'), tells('SwitchedOver', 'Backup'), undefined, WAITS, WORKS, 'ClusterSwitchedOver 1'],
    ['active shut down', DOWN, tells('ActiveShutDown'), undefined, GONE, WAITS, 'ClusterActiveShutDown 2'],
    ['restarted alone, deciding', NOT_READY, DOWN, undefined, 'inoperable / active / established', GONE, 'ClusterActiveNodeIsNotReady 2'],
    [
      'both deciding',
      NOT_READY,
      NOT_READY,
      undefined,
      'inoperable / active / established',
      'inoperable / active / established',
      'ClusterActiveNodeIsNotReady 2',
    ],
    [
      'loss of the passive one to be confirmed',
      tells('Coupled'),
      DOWN,
      LOSS_OF_BACKUP,
      WORKS,
      GONE,
      'ClusterNodeLossToBeConfirmed 2 Backup',
    ],
    ['fail-over to be confirmed', DOWN, tells('Coupled'), FAILOVER, GONE, WAITS, 'ClusterFailoverToBeConfirmed 2 Primary'],
    ['both down', DOWN, DOWN, undefined, GONE, GONE, 'ClusterUnknown 4'],
  ])('%s', (_, p, b, pending, wantP, wantB, cluster) => {
    expect(picture(p, b, pending)).toMatchObject({ p: wantP, b: wantB, cluster });
  });

  test('a lost node that answers is inoperable', () => {
    expect(picture(tells('Coupled'), tells('Coupled'), LOSS_OF_BACKUP).b).toBe('inoperable / inactive / established');
  });

  test('coupled is told by both, and by none when one is missing', () => {
    expect(picture(tells('Coupled'), tells('Coupled')).coupled).toBe('true true');
    expect(picture(tells('Coupled'), DOWN).coupled).toBe('false false');
  });

  test('another name of the same host looks inactive', () => {
    expect(shown(deriveNode({ ...primary, url: 'http://alias:4444', clusterUrl: 'http://alias:4444' }, tells('Coupled')))).toBe(WAITS);
    expect(shown(deriveNode({ ...primary, url: 'http://alias:4444', clusterUrl: 'HTTP://PRIMARY:4444' }, tells('Coupled')))).toBe(WORKS);
  });
});

describe('a standalone', () => {
  test.each<[string, Seen, string]>([
    ['running', tells('Empty'), 'operational / - / established'],
    ['another password, or a backup node never appointed', NOT_APPOINTED, 'unknown / - / established'],
    ['not ready is no sign of being active', NOT_READY, 'unknown / - / established'],
    ['down', DOWN, 'unknown / - / unreachable'],
  ])('%s', (_, seen, want) => {
    const node = deriveNode(standalone, seen);
    expect([shown(node), node.isCoupled]).toEqual([want, false]);
    expect(deriveCluster([node]).clusterState).toEqual({ severity: 4, _text: 'ClusterUnknown' });
  });
});
