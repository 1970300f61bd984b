import 'server-only';
import type { Cluster, ClusterId, ControllerAccess } from '../../domain/cluster/cluster';
import type { EngineId, EngineSettings } from '../../domain/engine/engine';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { Clock } from '../../ports/clock';
import type { ReadConfig } from '../../ports/config';
import type { OpenController } from '../../ports/controller';
import type { Engine } from '../../ports/engine';
import type { Making } from '../../ports/making';
import type { SetupLog } from '../../ports/setups';

/** How far the copy of an image is: shown live, never written down. */
export interface ImageProgress {
  readonly bytes: number;
  readonly of?: number;
}
/** What setting a cluster up needs of the outside. One context serves all set-ups of this process. */
export interface SetupContext {
  readonly clock: Clock;
  readonly setups: SetupLog;
  readonly clusters: {
    all(): readonly Cluster[];
    get(id: ClusterId): Cluster | undefined;
    save(c: Cluster): void;
    remove(id: ClusterId): void;
  };
  engineSettings(): readonly EngineSettings[];
  engine(id: EngineId): Engine | undefined;
  readonly openController: OpenController;
  readonly readConfig: ReadConfig;
  /** A run, or something else, that keeps the cluster for itself: told as a sentence. */
  busy(id: ClusterId): string | undefined;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** SHA-256, hex, of a short text: the hash of a plan. */
  hash(text: string): string;
  /** SHA-512, upper-case hex: how a Controller keeps a password. */
  passwordHash(password: string): string;
  /** The password of Handover's own account at the Controllers of this set-up: the same whenever it is asked for, and stored nowhere but in the cluster's settings. */
  secretOf(setupId: string): string;
  /** Something of a set-up changed: pages look again. */
  changed(setupId: string): void;
  progress(setupId: string, p: ImageProgress | undefined): void;
  /** The settings of clusters changed. */
  reload(): void;
  /** Name of this Handover for the locks. */
  readonly self: string;
}
/** Secrets of a form, kept in memory for the one set-up that it started. */
export type FormAccess = Omit<ControllerAccess, 'url'>;

export const ACCOUNT = 'Handover';

export function engineOf(ctx: Pick<SetupContext, 'engine'>, id: EngineId): Result<Engine> {
  const engine = ctx.engine(id);
  return engine
    ? ok(engine)
    : err(problem('ENGINE_UNREACHABLE', `The engine ${id} is not configured any more.`, { remedy: 'Add it again in the settings.' }));
}
export function makingOf(ctx: Pick<SetupContext, 'engine'>, id: EngineId): Result<Making> {
  const engine = engineOf(ctx, id);
  if (!engine.ok) return engine;
  return engine.value.making
    ? ok(engine.value.making)
    : err(problem('ENGINE_ERROR', `Nothing can be made on the engine ${engine.value.name}.`));
}
