import 'server-only';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { type Problem, problem } from '../domain/errors';
import { err, ok, type Result } from '../domain/result';

/** Seconds until the next attempt, beside the problem. */
export interface Refused extends Problem {
  readonly retryAfter: number;
}
export interface Attempts {
  /** Counts an attempt *before* it is judged, so that many at once do not slip through. TOO_MANY_REQUESTS. */
  begin(name: string, address: string): Promise<Result<void, Refused>>;
  /** It was right: give it back. */
  succeeded(name: string, address: string): Promise<void>;
}

const MINUTES = 60;
/**
 * Login attempts, in memory. The narrow limit is per name *and* address, so that a stranger does not lock an admin out so soon; the
 * wide ones per name and per address hold where addresses or names are changed.
 */
export function createAttempts(): Attempts {
  const pair = new RateLimiterMemory({ points: 5, duration: 5 * MINUTES });
  const byName = new RateLimiterMemory({ points: 30, duration: 15 * MINUTES });
  const byAddress = new RateLimiterMemory({ points: 50, duration: 15 * MINUTES });
  const keysOf = (name: string, address: string) => {
    const who = name.trim().toLowerCase().slice(0, 100);
    return [
      [pair, `${who}\n${address}`],
      [byName, who],
      [byAddress, address],
    ] as const;
  };
  return {
    async begin(name, address) {
      for (const [limiter, key] of keysOf(name, address)) {
        try {
          await limiter.consume(key);
        } catch (e) {
          if (!(e instanceof RateLimiterRes)) throw e;
          const retryAfter = Math.ceil(e.msBeforeNext / 1000);
          const remedy = `Wait ${retryAfter > 90 ? `${Math.ceil(retryAfter / 60)} minutes` : `${retryAfter} seconds`}, then try again.`;
          return err({ ...problem('TOO_MANY_REQUESTS', 'Too many attempts to log in.', { remedy }), retryAfter });
        }
      }
      return ok(undefined);
    },
    async succeeded(name, address) {
      const [[, own], ...wide] = keysOf(name, address);
      await pair.delete(own);
      for (const [limiter, key] of wide) await limiter.reward(key);
    },
  };
}
