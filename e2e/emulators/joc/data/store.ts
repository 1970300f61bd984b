/** One JSON file, written as a whole and put in place by rename: a kill leaves the old or the new state, never half of one. */
import fs from 'node:fs';
import path from 'node:path';

export class Store<T> {
  readonly #file: string;
  readonly value: T;

  constructor(directory: string, name: string, empty: T) {
    fs.mkdirSync(directory, { recursive: true });
    this.#file = path.join(directory, `${name}.json`);
    this.value = fs.existsSync(this.#file) ? { ...empty, ...(JSON.parse(fs.readFileSync(this.#file, 'utf8')) as T) } : empty;
  }

  save(): void {
    const temporary = `${this.#file}.${process.pid}`;
    fs.writeFileSync(temporary, JSON.stringify(this.value, undefined, 1));
    fs.renameSync(temporary, this.#file);
  }
}
