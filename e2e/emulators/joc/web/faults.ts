/**
 * Faults on request: DIR/faults.json, read anew when it changes, by path below /joc/api. A test writes the file, and nothing else differs.
 *   { "controller/register": { "delayMs": 25000 }, "events": { "status": 434, "code": "JOC-402" }, "controllers": { "html": true }, "controller/test": { "lost": true, "times": 1 } }
 */
import fs from 'node:fs';
import path from 'node:path';

export interface Fault {
  readonly delayMs?: number;
  /** Answered without being carried out. */
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  /** A page instead of JSON, not carried out. */
  readonly html?: boolean;
  /** Carried out, then the connection is closed without an answer. */
  readonly lost?: boolean;
  /** So often; without it always. */
  times?: number;
}

export class Faults {
  readonly #file: string;
  #readAt = -1;
  #faults: Record<string, Fault> = {};

  constructor(directory: string) {
    this.#file = path.join(directory, 'faults.json');
  }

  take(route: string): Fault | undefined {
    const changed = fs.statSync(this.#file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (changed !== this.#readAt) {
      this.#readAt = changed;
      this.#faults = changed === 0 ? {} : (JSON.parse(fs.readFileSync(this.#file, 'utf8')) as Record<string, Fault>);
    }
    const fault = this.#faults[route];
    if (!fault || fault.times === 0) return undefined;
    if (fault.times !== undefined) fault.times--;
    return fault;
  }
}
