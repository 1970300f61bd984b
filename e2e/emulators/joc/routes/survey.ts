/** A look at the nodes of one registered Controller, live (joc-cockpit 2.2, 2.3), and how a Controller is told in answers (recording 05). */
import type { JsonObject } from '../../shared/json';
import { stringAt } from '../../shared/json';
import type { Row } from '../data/registry';
import type { Joc } from '../joc';
import { type ClusterView, deriveCluster } from '../states/cluster-state';
import { deriveNode, type NodeState, type Seen } from '../states/node-state';
import { factsOf, invalid } from '../upstream/controller-api';
import { entityDate } from '../web/dates';
import { JocError } from '../web/reply';

export interface Survey extends ClusterView {
  readonly controllers: readonly JsonObject[];
}

/** Throws JOC-405 if another Controller answers at one of the addresses. */
export async function survey(joc: Joc, controllerId: string): Promise<Survey> {
  const rows = joc.registry.of(controllerId);
  const pending = joc.watches.get(controllerId)?.pending;
  const seen = await Promise.all(rows.map((row) => look(joc, row)));
  const surveyed = Date.now();
  const nodes = rows.map((row, i) => {
    const lost = pending !== undefined && (row.role === 'PRIMARY') === (pending.lossNode === 'Primary');
    return deriveNode(row, seen[i] ?? { kind: 'unreachable' }, lost);
  });
  const view = deriveCluster(nodes, pending);
  const fresh = joc.registry.of(controllerId);
  return { ...view, controllers: fresh.map((row, i) => tell(row, surveyed, view.nodes[i])) };
}

async function look(joc: Joc, row: Row): Promise<Seen> {
  let overview: JsonObject;
  try {
    overview = await joc.api.overview(row.url);
  } catch (error) {
    if (error instanceof JocError) return { kind: 'unreachable' };
    throw error;
  }
  const id = stringAt(overview, 'id');
  if (id !== undefined && id !== row.controllerId) throw invalid(`unexpected ControllerId '${id}' of URL '${row.url}'`);
  joc.registry.learn(row.id, factsOf(overview));
  try {
    return { kind: 'both', cluster: await joc.api.clusterState(row.url) };
  } catch (error) {
    if (error instanceof JocError) return { kind: 'overview', why: error.message };
    throw error;
  }
}

/** Without a state: the stored data only. */
export function tell(row: Row, surveyed: number, state?: NodeState): JsonObject {
  const cluster = row.role !== 'STANDALONE';
  return {
    id: row.id,
    surveyDate: entityDate(surveyed),
    controllerId: row.controllerId,
    title: row.title,
    host: row.host,
    url: row.url,
    ...(cluster && { clusterUrl: row.clusterUrl }),
    role: row.role,
    ...(state && { isCoupled: state.isCoupled }),
    ...(row.startedAt !== undefined && { startedAt: entityDate(row.startedAt) }),
    version: row.version,
    javaVersion: row.javaVersion,
    os: row.os,
    securityLevel: row.securityLevel,
    ...(state && { componentState: state.component, connectionState: state.connection }),
    ...(state?.node && { clusterNodeState: state.node }),
    ...(cluster && { forceFailoverConfirmation: row.forceFailoverConfirmation }),
  };
}
