/**
 * Where log lines go (controller-api 10.3): the log file gets everything, stderr only WARN, ERROR and the program's own lines.
 * Line format `yyyy-MM-dd HH:mm:ss.SSSZ LEVEL logger - message`, level in lower case except WARN and ERROR, with the logger's ANSI colours.
 */
import fs from 'node:fs';
import path from 'node:path';

export type Level = 'info' | 'WARN' | 'ERROR';
const COLOUR: Record<Level, string> = { info: '\u001b[39m', WARN: '\u001b[31m', ERROR: '\u001b[31;1m' };

export class LogFile {
  readonly #all: number;
  readonly #errors: number;
  #onLine: ((line: string) => void)[] = [];

  /** `name` is the product: files `controller.log` and `controller-error.log`. */
  constructor(directory: string, name: string) {
    fs.mkdirSync(directory, { recursive: true });
    this.#all = fs.openSync(path.join(directory, `${name}.log`), 'a');
    this.#errors = fs.openSync(path.join(directory, `${name}-error.log`), 'a');
  }

  info(logger: string, message: string): void {
    this.#line('info', logger, message);
  }

  warn(logger: string, message: string): void {
    this.#line('WARN', logger, message);
  }

  error(logger: string, message: string): void {
    this.#line('ERROR', logger, message);
  }

  /** A line without level, in the file only (`Begin …`). */
  plain(message: string): void {
    this.#toFile(`${clock()} ${message}`);
  }

  /** Hears each line as it is written; returns how to stop. */
  follow(listener: (line: string) => void): () => void {
    this.#onLine.push(listener);
    return () => {
      this.#onLine = this.#onLine.filter((l) => l !== listener);
    };
  }

  #line(level: Level, logger: string, message: string): void {
    const line = `${COLOUR[level]}${clock()} ${level.padEnd(5)} ${logger} - ${message}\u001b[m`;
    this.#toFile(line);
    if (level === 'info') return;
    fs.writeSync(this.#errors, `${line}\n`);
    toStderr(line);
  }

  #toFile(line: string): void {
    fs.writeSync(this.#all, `${line}\n`);
    for (const listener of this.#onLine) listener(line);
  }
}

export function clock(): string {
  return new Date().toISOString().replace('T', ' ');
}

/** Never lets a closed pipe end the program: `docker logs` may be gone, the Controller works on. */
export function toStderr(line: string): void {
  try {
    fs.writeSync(2, `${line}\n`);
  } catch {
    // nobody reads
  }
}
