/** How JOC derives a node's state from the two answers of a Controller (joc-cockpit 2.1, 2.2; recordings 05, 06, 12). */
import { type JsonObject, objectAt, stringAt } from '../../shared/json';
import type { Row } from '../data/registry';

export interface State extends JsonObject {
  readonly severity: number;
  readonly _text: string;
}

const state = (severity: number, _text: string): State => ({ severity, _text });
export const OPERATIONAL = state(0, 'operational');
const INOPERABLE = state(2, 'inoperable');
export const UNKNOWN = state(2, 'unknown');
export const ESTABLISHED = state(0, 'established');
const UNREACHABLE = state(2, 'unreachable');
export const ACTIVE = state(0, 'active');
export const INACTIVE = state(1, 'inactive');

/** What came back: nothing; only the Overview, and why not more; or both. */
export type Seen =
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'overview'; readonly why: string }
  | { readonly kind: 'both'; readonly cluster: JsonObject };

export interface NodeState {
  readonly component: State;
  readonly connection: State;
  /** Absent for a standalone. */
  readonly node: State | undefined;
  readonly isCoupled: boolean;
  /** The engine's TYPE, or JOC's own `ActiveNodeIsNotReady`. */
  readonly type: string | undefined;
}

/** `lost`: JOC's ClusterWatch holds an unconfirmed loss of this node. */
export function deriveNode(row: Pick<Row, 'role' | 'url' | 'clusterUrl'>, seen: Seen, lost = false): NodeState {
  const standalone = row.role === 'STANDALONE';
  const of = (component: State, connection: State, node: State, isCoupled = false, type?: string): NodeState => ({
    component: lost && connection === ESTABLISHED ? INOPERABLE : component,
    connection,
    node: standalone ? undefined : node,
    isCoupled,
    type,
  });
  if (seen.kind === 'unreachable') return of(UNKNOWN, UNREACHABLE, UNKNOWN);
  if (seen.kind === 'overview') {
    // JOC invents a state in which this node is the active one: it proves nothing (trap 7).
    if (!standalone && seen.why.includes('ClusterNodeIsNotReady'))
      return of(INOPERABLE, ESTABLISHED, ACTIVE, false, 'ActiveNodeIsNotReady');
    return of(UNKNOWN, ESTABLISHED, UNKNOWN);
  }
  const type = stringAt(seen.cluster, 'TYPE');
  if (type === 'Empty') return of(OPERATIONAL, ESTABLISHED, ACTIVE, false, type);
  const isCoupled = type === 'Coupled';
  if (isActive(row, seen.cluster)) return of(OPERATIONAL, ESTABLISHED, ACTIVE, isCoupled, type);
  return of(type === 'PreparedToBeCoupled' ? INOPERABLE : OPERATIONAL, ESTABLISHED, INACTIVE, isCoupled, type);
}

/** A comparison of texts: another name of the same host makes a node look inactive. */
function isActive({ url, clusterUrl }: Pick<Row, 'url' | 'clusterUrl'>, cluster: JsonObject): boolean {
  const setting = objectAt(cluster, 'setting');
  const uri = stringAt(objectAt(setting, 'idToUri'), stringAt(setting, 'activeId') ?? '')?.toLowerCase();
  return uri === clusterUrl.toLowerCase() || uri === url.toLowerCase();
}
