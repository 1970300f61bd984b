import 'server-only';
import { join } from 'node:path';
import { problem } from '../../domain/errors';
import { err, type Result } from '../../domain/result';
import { jsonOf, writeDurably } from './durable';

/** What is wrong with one emulated engine now. In a file, so that it survives a restart of Handover and every process sees it. Times: epoch ms. */
export interface EngineFaults {
  /** Since when its socket is gone. What runs there runs on. */
  readonly socketGoneSince?: number;
  /** Milliseconds that every call waits. */
  readonly slowMs?: number;
  /** File contents go in and out at this speed. */
  readonly bytesPerSecond?: number;
  /** A pretended limit: so many bytes are free when the volumes hold `usedBytes`; each byte more is one less. */
  readonly disk?: { readonly freeBytes: number; readonly usedBytes: number };
}

const path = (engineFolder: string): string => join(engineFolder, 'faults.json');
export const faultsOf = (engineFolder: string): EngineFaults => jsonOf<EngineFaults>(path(engineFolder)) ?? {};

/** Changes some; `undefined` takes a fault away. */
export function setFaults(engineFolder: string, change: { readonly [K in keyof EngineFaults]?: EngineFaults[K] | undefined }): void {
  const next = Object.fromEntries(Object.entries({ ...faultsOf(engineFolder), ...change }).filter(([, v]) => v !== undefined));
  writeDurably(path(engineFolder), JSON.stringify(next));
}

/** An engine that needs longer than this is given up, as the Docker adapter would. */
const PATIENCE_MS = 10_000;

/** Every call to the engine passes here first. */
export async function gate(engineFolder: string, name: string): Promise<Result<never> | undefined> {
  const { socketGoneSince, slowMs = 0 } = faultsOf(engineFolder);
  if (socketGoneSince !== undefined) return unreachable(name);
  if (slowMs > 0) await new Promise((wake) => setTimeout(wake, Math.min(slowMs, PATIENCE_MS)));
  if (slowMs > PATIENCE_MS) {
    return err(
      problem('ENGINE_TIMEOUT', `The engine ${name} did not answer within ${PATIENCE_MS / 1000} s.`, {
        remedy: 'Rehearsal: make the engine fast again.',
      }),
    );
  }
  return faultsOf(engineFolder).socketGoneSince === undefined ? undefined : unreachable(name);
}

export const unreachable = (name: string): { readonly ok: false; readonly error: ReturnType<typeof problem> } =>
  err(
    problem('ENGINE_UNREACHABLE', `The engine ${name} does not answer: its socket is gone. What runs there may run on.`, {
      remedy: 'Rehearsal: give the socket back. On a real engine: look at the Docker service on its host.',
      detail: `connect ENOENT rehearsal://${name}`,
    }),
  );
