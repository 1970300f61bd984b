/** Every start of a job, in `data/runs.ndjson`: so that tests and rehearsals can count what ran twice. */
import fs from 'node:fs';
import path from 'node:path';
import type { JsonObject } from '../shared/json';

export class Runs {
  readonly #file: string;

  constructor(directory: string) {
    this.#file = path.join(directory, 'runs.ndjson');
  }

  record(run: JsonObject): void {
    fs.appendFileSync(this.#file, `${JSON.stringify(run)}\n`);
  }

  all(): JsonObject[] {
    if (!fs.existsSync(this.#file)) return [];
    return fs
      .readFileSync(this.#file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as JsonObject);
  }
}
