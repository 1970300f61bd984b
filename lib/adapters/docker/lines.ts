import 'server-only';

/** A longer line is cut into pieces of this many bytes: no line may fill the memory. */
export const LONGEST_LINE = 65_536;

/** Cuts bytes into lines of text. A character may lie across two pieces, so cutting comes before decoding. */
export class Lines {
  #rest: Buffer[] = [];
  #length = 0;

  *push(chunk: Buffer): Generator<string> {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      yield* this.#add(chunk.subarray(from, at));
      yield this.#take();
      from = at + 1;
    }
    yield* this.#add(chunk.subarray(from));
  }
  /** What follows the last line end. */
  *end(): Generator<string> {
    if (this.#length > 0) yield this.#take();
  }
  *#add(bytes: Buffer): Generator<string> {
    let rest = bytes;
    while (this.#length + rest.length > LONGEST_LINE) {
      const room = LONGEST_LINE - this.#length;
      this.#rest.push(rest.subarray(0, room));
      this.#length = LONGEST_LINE;
      rest = rest.subarray(room);
      yield this.#take();
    }
    if (rest.length > 0) this.#rest.push(rest);
    this.#length += rest.length;
  }
  #take(): string {
    const text = Buffer.concat(this.#rest).toString();
    this.#rest = [];
    this.#length = 0;
    return text.endsWith('\r') ? text.slice(0, -1) : text;
  }
}
