import 'server-only';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { EngineLock } from '../../ports/engine';
import { errorCode, jsonOf, writeDurably } from './durable';

/**
 * Cluster locks of one emulated engine, for all processes that use its folder. A lock is a folder with one file, named by its token.
 * Taking = renaming a prepared folder to the lock's name, which the file system does only where there is none or an empty one; releasing =
 * removing the file. Both are single atomic acts, so there is no moment in which two hold it or nobody knows who does.
 */
export function takeLock(engineFolder: string, key: string, owner: Readonly<Record<string, string>>): Result<EngineLock> {
  const token = randomUUID();
  const lock: EngineLock = { key, token, owner, takenAt: Date.now() };
  const prepared = join(engineFolder, 'locks', `.${token}`);
  mkdirSync(prepared, { recursive: true, mode: 0o700 });
  writeDurably(join(prepared, token), JSON.stringify(lock));
  try {
    renameSync(prepared, folderOf(engineFolder, key));
    return ok(lock);
  } catch (e) {
    rmSync(prepared, { recursive: true, force: true });
    if (errorCode(e) !== 'ENOTEMPTY' && errorCode(e) !== 'EEXIST') throw e;
    const holder = inspectLock(engineFolder, key);
    return err(
      problem('LOCK_HELD', `${key} is locked by ${holder === 'free' ? 'another' : ownerWords(holder.owner)}.`, {
        remedy: 'Wait until it is released.',
      }),
    );
  }
}

export function inspectLock(engineFolder: string, key: string): EngineLock | 'free' {
  try {
    const token = readdirSync(folderOf(engineFolder, key))[0];
    return (token && jsonOf<EngineLock>(join(folderOf(engineFolder, key), token))) || 'free';
  } catch (e) {
    if (errorCode(e) === 'ENOENT') return 'free';
    throw e;
  }
}

export function releaseLock(engineFolder: string, key: string, token: string): Result<void> {
  const folder = folderOf(engineFolder, key);
  try {
    unlinkSync(join(folder, token));
  } catch (e) {
    if (errorCode(e) !== 'ENOENT') throw e;
    const holder = inspectLock(engineFolder, key);
    if (holder !== 'free') return err(problem('LOCK_LOST', `The lock ${key} is held by ${ownerWords(holder.owner)} now.`));
  }
  try {
    rmdirSync(folder);
  } catch {
    // Taken by another already, or gone: both right.
  }
  return ok(undefined);
}

const folderOf = (engineFolder: string, key: string): string => join(engineFolder, 'locks', encodeURIComponent(key).replaceAll('.', '%2E'));
const ownerWords = (owner: Readonly<Record<string, string>>): string =>
  Object.entries(owner)
    .map(([k, v]) => `${k} ${v}`)
    .join(', ') || 'another';
