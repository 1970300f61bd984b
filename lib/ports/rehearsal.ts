/** The rehearsal world: two emulated engines with a pair of emulated Controllers and a JOC Cockpit, and what a person could do to them behind Handover's back. */
import type { Cluster } from '../domain/cluster/cluster';
import type { EngineSettings } from '../domain/engine/engine';
import type { JocSettings } from '../domain/joc/joc';
import type { Millis } from '../domain/reading';
import type { RehearsalAct, RehearsalFacts } from '../domain/rehearsal/faults';
import type { Result } from '../domain/result';
import type { Engine } from './engine';

export interface RehearsalWorld {
  /** `docker-a` with the Primary, `docker-b` with the Secondary. They belong to the world: `close()` of one ends its watches, not what runs there. */
  readonly engines: readonly Engine[];
  /** What the store has to know of them, once. */
  engineSettings(): readonly EngineSettings[];
  /** Settings of the pair, to be saved once: id `demo`, addresses as they are. They stay the same over restarts and resets. */
  demoCluster(): Cluster;
  /** JOC Cockpits of the world, to be saved once; an emulation each. Nothing is registered there at first: registering is an exercise. None where the emulator is missing. */
  jocSettings(): readonly JocSettings[];
  /** When it was seeded. */
  startedAt(): Millis;
  look(): RehearsalFacts;
  /** In this order; stops at the first that fails. */
  act(acts: readonly RehearsalAct[]): Promise<Result<void>>;
  /** Ends everything, wipes all volumes, takes all faults away and seeds again. Ports, names and settings stay. */
  reset(): Promise<Result<void>>;
  /** Calls back soon after anything in the world may have changed. Returns the way to end it. */
  onChange(listener: () => void): () => void;
  /** Closes the engines. `stopAll`: stops every emulated process in good order; what ran is started again when the world is opened next. */
  close(o: { stopAll: boolean }): Promise<void>;
}
