/**
 * Snapshot objects this program does not understand, and filler: never held in memory, only where they lie in which file. The next snapshot
 * copies them byte for byte. So a 2 GB journal costs disk, not memory.
 */
import fs from 'node:fs';

interface Extent {
  readonly fd: number;
  readonly start: number;
  readonly end: number;
}

const CHUNK = 4 * 1024 * 1024;

export class Carried {
  #extents: Extent[] = [];
  /** Orders among them count in the Overview. */
  orderCount = 0;
  objectCount = 0;

  /** Adds a line of an open file; lines in a row become one extent. */
  add(fd: number, start: number, end: number, isOrder: boolean): void {
    const last = this.#extents.at(-1);
    if (last && last.fd === fd && last.end === start) this.#extents[this.#extents.length - 1] = { fd, start: last.start, end };
    else this.#extents.push({ fd, start, end });
    this.objectCount++;
    if (isOrder) this.orderCount++;
  }

  get size(): number {
    return this.#extents.reduce((sum, { start, end }) => sum + end - start, 0);
  }

  /** All bytes, in chunks of whole extents' parts. */
  *chunks(): Generator<Buffer> {
    for (const { fd, start, end } of this.#extents) {
      for (let at = start; at < end; at += CHUNK) {
        const chunk = Buffer.allocUnsafe(Math.min(CHUNK, end - at));
        fs.readSync(fd, chunk, 0, chunk.length, at);
        yield chunk;
      }
    }
  }

  /** From now on the bytes are read through that descriptor, which is ours from now on: the file they came from may be deleted. */
  movedTo(fd: number, start: number): void {
    const size = this.size;
    const old = new Set(this.#extents.map((e) => e.fd));
    this.#extents = [{ fd, start, end: start + size }];
    for (const one of old) fs.closeSync(one);
  }

  /** Nothing is read any more. */
  close(): void {
    this.movedTo(0, 0);
    this.#extents = [];
  }
}
