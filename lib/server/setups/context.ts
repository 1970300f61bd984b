import 'server-only';
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { openController } from '../../adapters/controller/client';
import { readConfig } from '../../adapters/hocon/read-config';
import type { EngineId } from '../../domain/engine/engine';
import type { Clock } from '../../ports/clock';
import type { Engine } from '../../ports/engine';
import type { Store } from '../../ports/store';
import type { ImageProgress, SetupContext } from '../../usecases/setup/context';

export interface SetupParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly engine: (id: EngineId) => Engine | undefined;
  /** Name of this installation for locks and marks; it must stay the same over restarts. */
  readonly self: string;
  /** The same secret for the same purpose, over restarts. */
  readonly derive: (purpose: string) => string;
  busy(clusterId: string): string | undefined;
  reload(): void;
  changed(setupId: string): void;
  progress(setupId: string, p: ImageProgress | undefined): void;
}

const PASSWORD_LENGTH = 40;
const digest = (algorithm: 'sha256' | 'sha512', text: string): string => createHash(algorithm).update(text).digest('hex');

export const createSetupContext = (p: SetupParts): SetupContext => ({
  clock: p.clock,
  setups: p.store.setups,
  clusters: p.store.clusters,
  engineSettings: () => p.store.engines.all(),
  engine: p.engine,
  openController,
  readConfig,
  busy: p.busy,
  sleep: (ms, signal) => delay(ms, undefined, { signal }),
  hash: (text) => digest('sha256', text),
  passwordHash: (password) => digest('sha512', password).toUpperCase(),
  secretOf: (setupId) => p.derive(`setup-${setupId}`).slice(0, PASSWORD_LENGTH),
  changed: p.changed,
  progress: p.progress,
  reload: p.reload,
  self: p.self,
});
