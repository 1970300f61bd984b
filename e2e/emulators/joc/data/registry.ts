/** The registered Controllers: the rows of INV_JS_INSTANCES (joc-cockpit 1.5). One row for each node. */
import type { SecurityLevel } from '../settings';
import { JocError } from '../web/reply';
import { Store } from './store';

export type Role = 'STANDALONE' | 'PRIMARY' | 'BACKUP';

/** What JOC learned from the Controller itself; kept while it is down. */
export interface Facts {
  host?: string;
  startedAt?: number;
  version?: string;
  javaVersion?: string;
  os?: { name: string; architecture: string; distribution: string };
}

export interface Row extends Facts {
  id: number;
  controllerId: string;
  url: string;
  clusterUrl: string;
  role: Role;
  title: string;
  securityLevel: SecurityLevel;
  forceFailoverConfirmation: boolean;
}

export interface Node {
  readonly url: string;
  readonly clusterUrl: string;
  readonly role: Role;
  readonly title: string;
}

export class Registry {
  readonly #store: Store<{ nextId: number; rows: Row[]; selected?: string | undefined }>;
  readonly #level: SecurityLevel;

  constructor(directory: string, level: SecurityLevel) {
    this.#store = new Store(directory, 'controllers', { nextId: 1, rows: [] });
    this.#level = level;
  }

  /** Rows of this JOC's security level, by Controller ID, the Primary first. */
  get rows(): readonly Row[] {
    const order = (row: Row): number => ['STANDALONE', 'PRIMARY', 'BACKUP'].indexOf(row.role);
    return this.#store.value.rows
      .filter((r) => r.securityLevel === this.#level)
      .sort((a, b) => (a.controllerId === b.controllerId ? order(a) - order(b) : a.controllerId < b.controllerId ? -1 : 1));
  }

  of(controllerId: string): readonly Row[] {
    return this.rows.filter((r) => r.controllerId === controllerId);
  }

  get ids(): readonly string[] {
    return [...new Set(this.rows.map((r) => r.controllerId))];
  }

  /** Registered by a JOC of another security level on the same data. */
  hasOtherLevel(controllerId: string): boolean {
    return this.#store.value.rows.some((r) => r.controllerId === controllerId && r.securityLevel !== this.#level);
  }

  get all(): readonly Row[] {
    return this.#store.value.rows;
  }

  takeOver(controllerId: string): void {
    for (const row of this.#store.value.rows) if (row.controllerId === controllerId) row.securityLevel = this.#level;
    this.#store.save();
  }

  get selected(): string | undefined {
    const { selected } = this.#store.value;
    return selected !== undefined && this.ids.includes(selected) ? selected : this.ids[0];
  }

  select(controllerId: string): void {
    this.#store.value.selected = controllerId;
    this.#store.save();
  }

  /** New or changed. A change between standalone and cluster deletes the rows and makes new ones. Throws JOC-407 when another ID has the URL. */
  put(controllerId: string, nodes: readonly Node[], forceFailoverConfirmation: boolean, facts: readonly Facts[]): void {
    const { value } = this.#store;
    const former = this.of(controllerId);
    for (const node of nodes) {
      const other = this.rows.find((r) => r.url === node.url && r.controllerId !== controllerId);
      if (other) throw constraint(other, former.length > 0);
    }
    const same = former.length === nodes.length;
    const made = nodes.map((node, i): Row => {
      const old = same ? former.find((r) => r.role === node.role) : undefined;
      return {
        ...old,
        id: old?.id ?? value.nextId++,
        controllerId,
        ...node,
        securityLevel: this.#level,
        forceFailoverConfirmation,
        ...facts[i],
      };
    });
    value.rows = [...value.rows.filter((r) => r.controllerId !== controllerId || r.securityLevel !== this.#level), ...made];
    value.selected = controllerId;
    this.#store.save();
  }

  /** What a live look told; written only when it says something new. */
  learn(id: number, facts: Facts): void {
    const row = this.#store.value.rows.find((r) => r.id === id);
    if (!row || JSON.stringify({ ...row, ...facts }) === JSON.stringify(row)) return;
    Object.assign(row, facts);
    this.#store.save();
  }

  remove(controllerId: string): void {
    const { value } = this.#store;
    value.rows = value.rows.filter((r) => r.controllerId !== controllerId || r.securityLevel !== this.#level);
    this.#store.save();
  }
}

/** As the recorded database said it, in its length and manner: with the SQL statement (recording 12/29). */
function constraint({ id, url }: Row, update: boolean): JocError {
  const what = `Unique index or primary key violation: "PUBLIC.CONSTRAINT_INDEX_E5 ON PUBLIC.INV_JS_INSTANCES(SECURITY_LEVEL NULLS FIRST, URI NULLS FIRST) VALUES ( /* key:${id} */ 0, '${url}')"`;
  const columns = [
    'CERTIFICATE',
    'CLUSTER_URI',
    'CONTROLLER_ID',
    'IS_CLUSTER',
    'IS_PRIMARY',
    'SECURITY_LEVEL',
    'STARTED_AT',
    'TITLE',
    'URI',
  ];
  const sql = update
    ? `update INV_JS_INSTANCES set ${columns.map((c) => `"${c}"=?`).join(',')} where "ID"=?`
    : `insert into INV_JS_INSTANCES (${columns.map((c) => `"${c}"`).join(',')}) values (${columns.map(() => '?').join(',')})`;
  const text = `could not execute statement [${what}; SQL statement:\n${sql} [23505-232]] [${sql}]: 23505 ${what}; SQL statement:\n${sql} [23505-232]`;
  return new JocError('JOC-407', 'DBInvalidDataException', text);
}
