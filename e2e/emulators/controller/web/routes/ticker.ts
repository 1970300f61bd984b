/** The rhythm of a stream: waits for changes, heartbeats while there is no data, an end after idle time (controller-api 1.3, 1.4). */
import type { Journal } from '../../journal/journal';
import type { Body } from '../exchange';

export interface Rhythm {
  readonly heartbeatMs: number | undefined;
  /** Ends the stream after so much time without data; 0: what is there now, then the end. */
  readonly timeoutMs: number | undefined;
}

/** `pump` writes what there is and says how it went. Calls `end` once. */
export class Ticker {
  readonly #journal: Journal;
  readonly #rhythm: Rhythm;
  readonly #heart: () => Body | undefined;
  #beat: NodeJS.Timeout | undefined;
  #idle: NodeJS.Timeout | undefined;
  #stopListening: (() => void) | undefined;
  #ended = false;

  constructor(journal: Journal, rhythm: Rhythm, heart: () => Body | undefined) {
    this.#journal = journal;
    this.#rhythm = rhythm;
    this.#heart = heart;
  }

  /** `pump` returns 'data', 'nothing' or 'end'. */
  run(pump: () => 'data' | 'nothing' | 'end', end: () => void): () => void {
    const stop = (): void => {
      if (this.#ended) return;
      this.#ended = true;
      clearTimeout(this.#beat);
      clearTimeout(this.#idle);
      this.#stopListening?.();
      end();
    };
    const step = (): void => {
      if (this.#ended) return;
      const result = pump();
      if (result === 'end') {
        stop();
        return;
      }
      if (result === 'data') this.#rest(stop);
      if (this.#rhythm.timeoutMs === 0) stop();
    };
    this.#rest(stop);
    this.#stopListening = this.#journal.listen(step);
    step();
    return stop;
  }

  #rest(stop: () => void): void {
    const { heartbeatMs, timeoutMs } = this.#rhythm;
    clearTimeout(this.#beat);
    clearTimeout(this.#idle);
    if (heartbeatMs !== undefined) this.#beat = setTimeout(() => this.#heartbeat(), heartbeatMs);
    if (timeoutMs !== undefined && timeoutMs > 0) this.#idle = setTimeout(stop, timeoutMs);
  }

  #heartbeat(): void {
    if (this.#ended) return;
    this.#heart()?.write('\n');
    this.#beat = setTimeout(() => this.#heartbeat(), this.#rhythm.heartbeatMs);
  }
}
