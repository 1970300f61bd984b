import 'server-only';
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from '../../ports/store';
import { problemOf } from './failures';
import { createVault, type Vault } from './vault';

const HEAD = 'handover-key-1:';

/**
 * Opens the vault with the key in `path`; makes the key (mode 0600) where there is none and `mayCreate`. A key made anew beside an old
 * database would be useless: then it is said that the key is missing. Throws StoreError.
 */
export function openVault(path: string, mayCreate: boolean): Vault {
  return createVault(readKey(path) ?? createKey(path, mayCreate));
}

function readKey(path: string): Uint8Array | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
    if ((statSync(path).mode & 0o077) !== 0) {
      throw new StoreError({
        code: 'STORE_FAILED',
        message: `The key file ${path} can be read by others on this machine.`,
        remedy: `chmod 600 ${path}, then start again.`,
      });
    }
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw e instanceof StoreError ? e : new StoreError(problemOf(e, `read the key file ${path}`));
  }
  const key = text.startsWith(HEAD) ? Buffer.from(text.slice(HEAD.length), 'base64') : Buffer.alloc(0);
  if (key.length !== 32) {
    const message = `The key file ${path} is damaged: it does not hold a Handover key.`;
    throw new StoreError({
      code: 'STORE_FAILED',
      message,
      remedy: 'Put the key file back from a backup. Without it the stored passwords cannot be read.',
    });
  }
  return key;
}

function createKey(path: string, mayCreate: boolean): Uint8Array {
  if (!mayCreate) {
    const message = `The key file ${path} is missing, but there is a database that was written with it.`;
    throw new StoreError({ code: 'STORE_FAILED', message, remedy: 'Put the key file back, or set HANDOVER_KEY_FILE to where it is now.' });
  }
  const key = randomBytes(32);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // To a name of its own first: a kill in between must not leave half a key.
    const draft = `${path}.${process.pid}.new`;
    const file = openSync(draft, 'w', 0o600);
    writeSync(file, `${HEAD}${key.toString('base64')}\n`);
    fsyncSync(file);
    closeSync(file);
    renameSync(draft, path);
  } catch (e) {
    throw new StoreError(problemOf(e, `make the key file ${path}`));
  }
  return key;
}
