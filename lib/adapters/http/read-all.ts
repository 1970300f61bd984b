import 'server-only';
import type { Readable } from 'node:stream';

/** The whole body as text; throws with code ANSWER_TOO_BIG beyond `most` bytes. */
export async function readAll(body: Readable, most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > most) throw Object.assign(new Error(`more than ${most} bytes`), { code: 'ANSWER_TOO_BIG' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
