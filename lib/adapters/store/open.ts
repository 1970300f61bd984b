import 'server-only';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Store, StoreError } from '../../ports/store';
import { type Db, lockFolder, openDatabase } from './database';
import { openVault } from './key-file';
import { accountTable, factTable, timelineTable } from './plain-tables';
import { auditLog, runLog } from './run-tables';
import { clusterTable, engineTable, jocTable } from './settings-tables';
import { setupLog } from './setup-tables';
import type { Vault } from './vault';

export interface OpenStore {
  /** Folder; made (mode 0700) where it is missing. */
  readonly dataDir: string;
  readonly keyFile: string;
}

/**
 * Opens Handover's memory. Throws StoreError with a text for the admin when the folder is not usable, the database is damaged, from
 * the future or in use, or the key file is missing, damaged or belongs to another database.
 */
export function openStore({ dataDir, keyFile }: OpenStore): { store: Store; vault: Vault } {
  const path = join(dataDir, 'handover.db');
  const vault = openVault(keyFile, !existsSync(path));
  const unlock = lockFolder(join(dataDir, 'handover.lock'));
  let db: Db | undefined;
  try {
    db = openDatabase(path);
    return { store: storeOf(db, vault, keyFile, unlock), vault };
  } catch (e) {
    db?.close();
    unlock();
    throw e;
  }
}

function storeOf(db: Db, vault: Vault, keyFile: string, unlock: () => void): Store {
  const facts = factTable(db);
  checkKey(facts, vault, keyFile);
  let open = true;
  return {
    engines: engineTable(db, vault),
    clusters: clusterTable(db, vault),
    jocs: jocTable(db, vault),
    accounts: accountTable(db),
    timeline: timelineTable(db),
    facts,
    runs: runLog(db),
    setups: setupLog(db),
    audit: auditLog(db),
    close() {
      if (!open) return;
      open = false;
      db.close();
      unlock();
    },
  };
}

function checkKey(facts: Store['facts'], vault: Vault, keyFile: string): void {
  const known = facts.get('key-fingerprint');
  if (known === undefined) facts.set('key-fingerprint', vault.fingerprint);
  if (known === undefined || known === vault.fingerprint) return;
  throw new StoreError({
    code: 'STORE_FAILED',
    message: `The key file ${keyFile} does not belong to this database.`,
    remedy: 'Put back the key file that was used with this data folder, or set HANDOVER_KEY_FILE to where it is.',
  });
}
