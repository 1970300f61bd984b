/** A session's cookie. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
}
/** A running Handover of its own. */
export interface Server {
  readonly url: string;
  readonly dataFolder: string;
  readonly pid: number;
  /** From the start of the process to the first healthy answer, ms. */
  readonly startMs: number;
  /** All it printed so far. */
  output(): string;
  /** The one-time code it printed; undefined when there is an account already. */
  code(): string | undefined;
  /** SIGTERM, and waits. */
  stop(): Promise<void>;
  /** SIGKILL. Emulated containers go on. */
  kill(): Promise<void>;
  /** Again, on the same port and data. */
  start(): Promise<void>;
  /** Makes the first account (`ADMIN`) and resolves with its session cookie. */
  createAdmin(): Promise<Cookie>;
  /** Waits until the rehearsal world shows one active Controller and a cold spare. */
  settled(cookie: Cookie): Promise<void>;
  /** Ends it, removes its data, and resolves with the number of processes that it had left behind. */
  remove(): Promise<number>;
}
/** The session cookie that an answer sets; throws where it sets none. */
export function cookieOf(answer: Response): Cookie;
export const ADMIN: { readonly name: string; readonly password: string };
/** Needs a build. `dataFolder`: a new temporary one unless given. */
export function startServer(options?: { env?: Record<string, string>; dataFolder?: string }): Promise<Server>;
export function until<T>(what: string, ask: () => T | Promise<T>, ms?: number): Promise<NonNullable<T>>;
