import 'server-only';
import type { Logger } from 'pino';
import type { Fault, RehearsalAnswer, Snapshot } from '../contract/api';
import { problem } from '../domain/errors';
import { err, ok, type Result } from '../domain/result';
import type { Clock } from '../ports/clock';
import type { Engine } from '../ports/engine';
import type { Store } from '../ports/store';
import type { Env } from './env';
import type { Hub } from './hub';
import type { Runtime } from './runtime';

/** The rehearsal world as the server needs it. */
export interface Rehearsal {
  engine(id: string): Engine | undefined;
  setFault(fault: Fault, on: boolean): Promise<Result<void>>;
  reset(): Promise<Result<void>>;
  /** Tells the hub how the world is, now and whenever it changes. */
  follow(hub: Hub): void;
  close(): Promise<void>;
}

export async function startRehearsal(_: { env: Env; store: Store; clock: Clock; log: Logger }): Promise<Rehearsal | undefined> {
  return undefined;
}

const off = err(
  problem('NOT_FOUND', 'This Handover has no rehearsal world.', {
    remedy: 'Start one of its own with HANDOVER_REHEARSAL=on, or with `npm run demo`.',
  }),
);

export function rehearsalSnapshot(runtime: Runtime): Result<Extract<Snapshot, { topic: 'rehearsal' }>> {
  const snapshot = runtime.hub.read.snapshot('rehearsal');
  return snapshot ? ok(snapshot) : off;
}
export const setFault = async (runtime: Runtime, fault: Fault, on: boolean): Promise<Result<void>> =>
  runtime.rehearsal?.setFault(fault, on) ?? off;
export const resetRehearsal = async (runtime: Runtime): Promise<Result<void>> => runtime.rehearsal?.reset() ?? off;
export type { RehearsalAnswer };
