import 'server-only';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a small file whole: temporary name, fsync, rename, fsync of the folder. After a `kill -9` there is the old content or the new, never a half. */
export function writeDurably(path: string, text: string, mode = 0o600): void {
  const temporary = `${path}.${process.pid}.${counter++}.tmp`;
  const file = openSync(temporary, 'w', mode);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  syncFolder(dirname(path));
}
let counter = 0;

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/**
 * The same without fsync: safe against a `kill -9`, not against a loss of power. For the parts of a container that is being made: a world has
 * a dozen of them, and a busy disk takes 30 ms for each fsync. `world.json`, written last and durably, says that all is there.
 */
export function writeWhole(path: string, text: string, mode = 0o600): void {
  const temporary = `${path}.${process.pid}.${counter++}.tmp`;
  writeFileSync(temporary, text, { mode });
  renameSync(temporary, path);
}

/** The text of a file, or undefined where there is none. */
export function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (e) {
    if (errorCode(e) === 'ENOENT' || errorCode(e) === 'ENOTDIR') return undefined;
    throw e;
  }
}

/** The JSON in a file of our own, or undefined where there is none. */
export function jsonOf<T>(path: string): T | undefined {
  const text = textOf(path);
  return text === undefined ? undefined : (JSON.parse(text) as T);
}

export const errorCode = (e: unknown): string | undefined => (e instanceof Error && 'code' in e ? String(e.code) : undefined);

/** Looks every few milliseconds until something is so; false when `withinMs` has passed. For states that other processes write into files. */
export async function until(holds: () => boolean, withinMs: number, everyMs = 10): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() >= deadline) return false;
    await new Promise((wake) => setTimeout(wake, everyMs));
  }
  return true;
}
