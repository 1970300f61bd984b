import 'server-only';
import type { FilePieces } from '../../domain/journal/ending';
import { ok, type Result } from '../../domain/result';
import type { FileEntry, VolumeFiles } from '../../ports/engine';

/** So much of the beginning and of the end of a journal file is read, never more: it may be a gigabyte. */
const PIECE_BYTES = 64 * 1024;

/** A file's bytes from `offset` on, at most `length`. What comes beyond is not waited for. */
async function readBytes(files: VolumeFiles, path: string, offset: number, length: number): Promise<Result<Buffer>> {
  const r = await files.read(path, { offset, length });
  if (!r.ok) return r;
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of r.value as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= length) break;
    }
  } catch (e) {
    return {
      ok: false,
      error: { code: 'ENGINE_ERROR', message: `Reading ${path} broke off.`, detail: String((e as Error).message ?? e).slice(0, 2000) },
    };
  } finally {
    r.value.destroy();
  }
  return ok(Buffer.concat(chunks).subarray(0, length));
}

/** A small text file, at most `limit` bytes of it. */
export async function readText(files: VolumeFiles, path: string, limit = 256 * 1024): Promise<Result<string>> {
  const r = await readBytes(files, path, 0, limit);
  return r.ok ? ok(r.value.toString('utf8')) : r;
}

/** Head and tail of a journal file. `headBytes`: the header alone is enough of older files. */
export async function readPieces(
  files: VolumeFiles,
  folder: string,
  entry: FileEntry,
  headBytes = PIECE_BYTES,
): Promise<Result<FilePieces>> {
  const path = `${folder}/${entry.name}`;
  const { bytes } = entry;
  const head = await readBytes(files, path, 0, Math.min(bytes, headBytes));
  if (!head.ok) return head;
  const whole = bytes <= headBytes;
  const tail = whole ? head : await readBytes(files, path, Math.max(bytes - PIECE_BYTES, 0), PIECE_BYTES);
  if (!tail.ok) return tail;
  return ok({ name: entry.name, bytes, head: head.value.toString('utf8'), tail: tail.value.toString('utf8'), whole });
}
