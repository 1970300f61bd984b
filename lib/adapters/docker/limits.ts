import 'server-only';

/** How long one call to an engine may take, ms. No call is without a limit: a dead engine must never hold up anything else. */
export interface Limits {
  /** A question about one thing. */
  readonly look: number;
  /** The list of all containers, each with its details. */
  readonly list: number;
  /** Start, create, remove, rename, update. */
  readonly change: number;
  /** On top of the timeout a stop was asked with. */
  readonly afterStop: number;
  /** Silence in a stream of file contents. */
  readonly silence: number;
  /** A command of ours in a helper; hashing and syncing big files may take longer. */
  readonly command: number;
  readonly bigCommand: number;
  /** Between two pings while we watch. */
  readonly pulse: number;
  /** A helper is removed after this time without use. */
  readonly helperIdle: number;
}

export const LIMITS: Limits = {
  look: 5_000,
  list: 20_000,
  change: 30_000,
  afterStop: 15_000,
  silence: 60_000,
  command: 30_000,
  bigCommand: 30 * 60_000,
  pulse: 10_000,
  helperIdle: 5_000,
};
