import 'server-only';
import type { Cluster, ClusterMember } from '../../domain/cluster/cluster';
import type { EngineSettings } from '../../domain/engine/engine';
import type { JocSettings } from '../../domain/joc/joc';
import { type Store, StoreError } from '../../ports/store';
import type { Db, Row } from './database';
import { guarded } from './failures';
import type { Vault } from './vault';

/** A thing and its secrets apart: the first is stored readable, the second sealed. */
interface Split<T> {
  readonly table: 'engines' | 'clusters' | 'jocs';
  readonly word: string;
  apart(value: T): { open: unknown; secrets: unknown };
  together(open: never, secrets: never): T;
}

function table<T extends { readonly id: string; readonly name: string }>(
  db: Db,
  vault: Vault,
  split: Split<T>,
  onRemove: (id: string) => void,
) {
  const place = (id: string) => `${split.table}:${id}`;
  const read = (row: Row): T => {
    const id = String(row.id);
    try {
      return split.together(JSON.parse(String(row.settings)) as never, JSON.parse(vault.open(String(row.secrets), place(id))) as never);
    } catch {
      const message = `The stored settings of the ${split.word} ${id} are damaged or were written with another key.`;
      throw new StoreError({ code: 'STORE_FAILED', message, remedy: 'Put the data folder and its key file back from a backup.' });
    }
  };
  return {
    all: () => guarded(`read the ${split.word}s`, () => db.all(`SELECT * FROM ${split.table} ORDER BY id`).map(read)),
    get: (id: string) =>
      guarded(`read the ${split.word} ${id}`, () => {
        const row = db.get(`SELECT * FROM ${split.table} WHERE id = ?`, id);
        return row && read(row);
      }),
    save: (value: T) =>
      guarded(`save the ${split.word} ${value.name}`, () => {
        const { open, secrets } = split.apart(value);
        const sql = `INSERT INTO ${split.table} (id, settings, secrets) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET settings = excluded.settings, secrets = excluded.secrets`;
        db.run(sql, value.id, JSON.stringify(open), vault.seal(JSON.stringify(secrets), place(value.id)));
      }),
    remove: (id: string) =>
      guarded(`remove the ${split.word} ${id}`, () =>
        db.transaction(() => {
          db.run(`DELETE FROM ${split.table} WHERE id = ?`, id);
          onRemove(id);
        }),
      ),
  };
}

type Secrets = Readonly<Record<string, string>>;
/** Takes the named fields out of an object, whatever of them is there. */
function take<T extends object>(from: T, names: readonly string[]): { rest: object; taken: Secrets } {
  const entries = Object.entries(from).filter(([, v]) => v !== undefined);
  return {
    rest: Object.fromEntries(entries.filter(([k]) => !names.includes(k))),
    taken: Object.fromEntries(entries.filter(([k]) => names.includes(k))) as Secrets,
  };
}

const engineSplit: Split<EngineSettings> = {
  table: 'engines',
  word: 'engine',
  apart({ address, ...others }) {
    const { rest, taken } = take(address, ['key', 'privateKey']);
    return { open: { ...others, address: rest }, secrets: taken };
  },
  together: (open: EngineSettings, secrets: Secrets) => ({ ...open, address: { ...open.address, ...secrets } }) as EngineSettings,
};

const ACCESS_SECRETS = ['password', 'clientKey'];
const apartMember = ({ ref, access }: ClusterMember) => {
  const { rest, taken } = take(access, ACCESS_SECRETS);
  return { open: { ref, access: rest }, secrets: taken };
};
const together = (m: ClusterMember, secrets: Secrets): ClusterMember => ({ ref: m.ref, access: { ...m.access, ...secrets } });

const clusterSplit: Split<Cluster> = {
  table: 'clusters',
  word: 'cluster',
  apart({ primary, secondary, ...others }) {
    const p = apartMember(primary);
    const s = secondary && apartMember(secondary);
    return {
      open: { ...others, primary: p.open, ...(s && { secondary: s.open }) },
      secrets: { primary: p.secrets, ...(s && { secondary: s.secrets }) },
    };
  },
  together: ({ primary, secondary, ...others }: Cluster, secrets: { primary: Secrets; secondary?: Secrets }) => ({
    ...others,
    primary: together(primary, secrets.primary),
    ...(secondary && { secondary: together(secondary, secrets.secondary ?? {}) }),
  }),
};

const jocSplit: Split<JocSettings> = {
  table: 'jocs',
  word: 'JOC Cockpit',
  apart(joc) {
    const { rest, taken } = take(joc, ACCESS_SECRETS);
    return { open: rest, secrets: taken };
  },
  together: (open: JocSettings, secrets: Secrets) => ({ ...open, ...secrets }),
};

export const jocTable = (db: Db, vault: Vault): Store['jocs'] => table(db, vault, jocSplit, () => {});
export const engineTable = (db: Db, vault: Vault): Store['engines'] => table(db, vault, engineSplit, () => {});
/** A removed cluster takes its timeline along: its id may be used again. */
export const clusterTable = (db: Db, vault: Vault): Store['clusters'] =>
  table(db, vault, clusterSplit, (id) => db.run('DELETE FROM timeline WHERE cluster_id = ?', id));
