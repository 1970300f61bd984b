import 'server-only';
import { appendFileSync, closeSync, existsSync, openSync, readSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import type { EngineEvent, EngineEventKind } from '../../domain/engine/engine';

/**
 * What happened on an emulated engine, one JSON line each, appended by the engine and by the supervisors (single short writes in append
 * mode do not mix). So every process that looks at the world folder sees the same events, whoever caused them.
 */
interface Line {
  readonly kind: EngineEventKind;
  readonly id: string;
  /** Given where the container may be gone, or had another name, when somebody reads the line. */
  readonly name?: string;
  readonly at: number;
  readonly exitCode?: number;
  readonly signal?: number;
}

const file = (engineFolder: string): string => join(engineFolder, 'events.log');

export function tell(engineFolder: string, line: Line): void {
  appendFileSync(file(engineFolder), `${JSON.stringify(line)}\n`, { mode: 0o600 });
}

/** Reads what was appended since it was opened. */
export class EventReader {
  readonly #path: string;
  readonly #nameOf: (id: string) => string | undefined;
  /** Names by id, kept for what is told of a container that is gone by then. */
  readonly #names: Map<string, string>;
  #offset: number;
  #rest = '';

  constructor(engineFolder: string, known: readonly { id: string; name: string }[], nameOf: (id: string) => string | undefined) {
    this.#path = file(engineFolder);
    this.#nameOf = nameOf;
    this.#names = new Map(known.map((d) => [d.id, d.name]));
    this.#offset = this.#size();
  }

  /** Forgets what was appended until now. */
  skip(): void {
    this.#offset = this.#size();
    this.#rest = '';
  }

  next(): EngineEvent[] {
    const size = this.#size();
    if (size < this.#offset) this.#offset = 0; // the world was reset
    if (size === this.#offset) return [];
    const bytes = Buffer.alloc(size - this.#offset);
    const fd = openSync(this.#path, 'r');
    try {
      this.#offset += readSync(fd, bytes, 0, bytes.length, this.#offset);
    } finally {
      closeSync(fd);
    }
    const lines = (this.#rest + bytes.toString('utf8')).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((text): EngineEvent[] => {
      const line = parse(text);
      const instance = line && (line.name ?? this.#nameOf(line.id) ?? this.#names.get(line.id));
      if (line && instance) this.#names.set(line.id, instance);
      return line && instance
        ? [
            {
              kind: line.kind,
              instance,
              at: line.at,
              ...(line.exitCode !== undefined && { exitCode: line.exitCode }),
              ...(line.signal !== undefined && { signal: line.signal }),
            },
          ]
        : [];
    });
  }

  #size(): number {
    return existsSync(this.#path) ? statSync(this.#path).size : 0;
  }
}

function parse(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined; // half a line of a machine that lost its power
  }
}

/** Calls `look` on every change in a folder and every `everyMs` besides (file notification may be missing or lose something). Returns the way to end it. */
export function onChange(folder: string, look: () => void, everyMs: number): () => void {
  const timer = setInterval(look, everyMs);
  timer.unref();
  const stops = [() => clearInterval(timer)];
  try {
    const watcher = watch(folder, { persistent: false }, look);
    watcher.on('error', () => undefined); // the timer goes on
    stops.push(() => watcher.close());
  } catch {
    // The timer alone.
  }
  return () => {
    for (const stop of stops) stop();
  };
}
