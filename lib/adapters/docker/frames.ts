import 'server-only';

export interface Frame {
  readonly stream: 'out' | 'err';
  readonly bytes: Buffer;
  /** Whether the frame is complete with this piece. */
  readonly last: boolean;
}

/**
 * Takes Docker's multiplexed stream apart (8 bytes of header: stream, 3 zeros, length; Engine API, "Attach to a container"). Pieces of a frame are
 * handed on as they come, and the source waits while nobody takes them; docker-modem's own demultiplexer does neither.
 */
export async function* frames(source: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let header = Buffer.alloc(0);
  let left = 0;
  let stream: Frame['stream'] = 'out';
  for await (const chunk of source) {
    let at = 0;
    while (at < chunk.length) {
      if (left === 0) {
        const need = 8 - header.length;
        header = Buffer.concat([header, chunk.subarray(at, at + need)]);
        at += need;
        if (header.length < 8) break;
        stream = header[0] === 2 ? 'err' : 'out';
        left = header.readUInt32BE(4);
        header = Buffer.alloc(0);
        if (left === 0) yield { stream, bytes: Buffer.alloc(0), last: true };
        continue;
      }
      const bytes = chunk.subarray(at, at + left);
      at += bytes.length;
      left -= bytes.length;
      yield { stream, bytes, last: left === 0 };
    }
  }
}
