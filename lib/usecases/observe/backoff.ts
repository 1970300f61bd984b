import 'server-only';

/** Times of the observers, ms. One place, so that what a page may expect of freshness can be read here. */
export const TIMES = {
  tick: 250,
  fold: 1000,
  /** Liveness of a Controller; while something changes there; where nothing should be alive. */
  poll: 2000,
  quick: 250,
  /** At first after a start or stop, not bound to the beat: what follows shows as soon as the Controller shows it. */
  close: 100,
  closeFor: 20_000,
  settled: 1000,
  probe: 10_000,
  /** The same where not even the name is known: looking names up in vain blocks others (Node does four at a time). */
  unknownName: 60_000,
  /** Node state, Overview and readiness of a Controller at rest. */
  full: 5000,
  /** So long after a start or stop a Controller is asked quickly. */
  quickFor: 60_000,
  engine: 5000,
  list: 15_000,
  disk: 60_000,
  /** Reading the volumes of one instance may cost its engine a helper container: where many are stopped, each is read less often. */
  diskShare: 6000,
  /** A Controller that is silent in a running container: then its volumes are read. */
  silent: 15_000,
  maxBackoff: 10_000,
  /** Ages and figures alone are told at most so often. */
  figures: 5000,
  /** A stop that has no end after so long is no stop (`docker stop --time 120`, then the kill). */
  stopping: 150_000,
} as const;

export type Random = () => number;
/** `ms`, a tenth more or less, so that many do not ask at once. */
export const jitter = (ms: number, random: Random): number => ms * (0.9 + 0.2 * random());
/** After the n-th failure in a row (1 = the first): 0.5 s, 1 s, 2 s … at most `max`, with jitter. */
export const backoff = (failures: number, random: Random, max: number = TIMES.maxBackoff): number =>
  jitter(Math.min(500 * 2 ** Math.min(failures - 1, 16), max / 1.1), random);

/** Is it time? Also when the clock was set back, so that `next` lies further ahead than any of our intervals. */
export const due = (at: number, next: number, longest: number = TIMES.disk): boolean => at >= next || next - at > 2 * longest;
