import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Frame, frames } from './frames';
import { Lines, LONGEST_LINE } from './lines';

/** Cuts bytes at arbitrary places: the network does. */
function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = [...new Set([0, ...at.map((n) => n % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  return places.slice(1).map((end, i) => bytes.subarray(places[i], end));
}
const frame = (stream: 1 | 2, text: string): Buffer => {
  const content = Buffer.from(text);
  const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(content.length, 4);
  return Buffer.concat([header, content]);
};
async function* from(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks;
}

test('lines come out the same wherever the bytes were cut', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[aä日\t "]*$/)), fc.array(fc.nat()), (texts, at) => {
      const lines = new Lines();
      const bytes = Buffer.from(texts.map((t) => `${t}\n`).join(''));
      const got = cut(bytes, at).flatMap((chunk) => [...lines.push(chunk)]);
      expect([...got, ...lines.end()]).toEqual(texts);
    }),
  );
});

test('a line without end is handed on in pieces, the rest at the end; a terminal ends lines with CR LF', () => {
  const lines = new Lines();
  const got = [...lines.push(Buffer.alloc(LONGEST_LINE * 2 + 5, 'x'))];
  expect(got.map((l) => l.length)).toEqual([LONGEST_LINE, LONGEST_LINE]);
  expect([...lines.push(Buffer.from('y\r\nz'))]).toEqual(['xxxxxy']);
  expect([...lines.end()]).toEqual(['z']);
  expect([...lines.end()]).toEqual([]);
});

test('frames come out the same wherever the bytes were cut', async () => {
  const sent = fc.array(fc.tuple(fc.constantFrom<1 | 2>(1, 2), fc.string({ maxLength: 40 })), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(sent, fc.array(fc.nat()), async (messages, at) => {
      const bytes = Buffer.concat(messages.map(([s, t]) => frame(s, t)));
      const got: [string, string][] = [];
      let open: Frame[] = [];
      for await (const piece of frames(from(cut(bytes, at)))) {
        open.push(piece);
        if (!piece.last) continue;
        got.push([piece.stream, Buffer.concat(open.map((p) => p.bytes)).toString()]);
        open = [];
      }
      expect(open).toEqual([]);
      expect(got).toEqual(messages.map(([s, t]) => [s === 2 ? 'err' : 'out', t]));
    }),
  );
});

test('a frame is handed on piece by piece, not gathered', async () => {
  const header = Buffer.from([1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
  const pieces = frames(from([header, Buffer.from('first'), Buffer.from('second')]));
  expect((await pieces.next()).value).toMatchObject({ stream: 'out', bytes: Buffer.from('first'), last: false });
});
