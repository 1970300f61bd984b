import 'server-only';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, pipeline, Readable } from 'node:stream';
import { problem } from '../../../domain/errors';
import { err, ok, type Result } from '../../../domain/result';
import type { ImageInfo, Making } from '../../../ports/making';
import { jsonOf, writeWhole } from '../durable';
import { faultsOf } from '../faults';
import { spaceOf } from '../space';
import { throttle } from '../throttle';

/**
 * What an emulated image says: how containers are made from it. Its layers are pretended: bytes that are made when it is saved, checked when it is loaded,
 * and kept nowhere. In `command` and `env` stand `{program:NAME}` (an emulator of this project, as the first word), `{port}` (address to listen at),
 * `{volume:/TARGET}` (folder of a mount) and `{env:NAME}`.
 */
export interface EmulatedImage {
  readonly digest: string;
  readonly refs: readonly string[];
  /** Containers inherit them, as Docker does it. */
  readonly labels: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where its program listens, unless RUN_JS_HTTP_PORT says otherwise. */
  readonly port?: number;
  /** Its program resolves the names of its networks by itself (EMULATED_NETWORK). */
  readonly resolves?: boolean;
  /** What its entrypoint writes where it is missing, whenever a container starts: by path in the container; no text = a folder. */
  readonly seeds: readonly { readonly path: string; readonly text?: string; readonly mode: number }[];
}

export const digestOf = (ref: string): string => `sha256:${createHash('sha256').update(ref).digest('hex')}`;

const folder = (engineFolder: string): string => join(engineFolder, 'images');
const file = (engineFolder: string, digest: string): string => join(folder(engineFolder), `${digest.replace('sha256:', '')}.json`);

export function putImage(engineFolder: string, image: EmulatedImage): void {
  mkdirSync(folder(engineFolder), { recursive: true, mode: 0o700 });
  writeWhole(file(engineFolder, image.digest), JSON.stringify(image, null, 1));
}

export function allImages(engineFolder: string): EmulatedImage[] {
  if (!existsSync(folder(engineFolder))) return [];
  return readdirSync(folder(engineFolder))
    .filter((n) => n.endsWith('.json'))
    .sort()
    .flatMap((n) => jsonOf<EmulatedImage>(join(folder(engineFolder), n)) ?? []);
}

/** By digest or reference. */
export const findImage = (engineFolder: string, which: string): EmulatedImage | undefined =>
  allImages(engineFolder).find((i) => i.digest === which || i.refs.includes(which));

/** Size of the pretended layers: more than "fill the disk" leaves (domain/rehearsal/faults.ts). */
const LAYERS = 48 * 1024 * 1024;
const HEAD = 'handover-emulated-image 1\n';

export const infoOf = (i: EmulatedImage): ImageInfo => ({ digest: i.digest, refs: i.refs, bytes: LAYERS, labels: i.labels });

/** Head, length and text of the definition, the layers, and the hash of all before it. */
export function saveImage(engineFolder: string, image: EmulatedImage, signal: AbortSignal | undefined): Readable {
  function* archive(): Generator<Buffer> {
    const hash = createHash('sha256');
    const told = (bytes: Buffer): Buffer => {
      hash.update(bytes);
      return bytes;
    };
    const text = Buffer.from(JSON.stringify(image));
    yield told(Buffer.from(`${HEAD}${text.length}\n`));
    yield told(text);
    const layer = Buffer.alloc(65_536, image.digest);
    for (let sent = 0; sent < LAYERS; sent += layer.length) yield told(layer);
    yield hash.digest();
  }
  const out = throttle(() => faultsOf(engineFolder).bytesPerSecond);
  const source = Readable.from(archive(), { objectMode: false });
  pipeline(source, out, () => undefined);
  signal?.addEventListener('abort', () => out.destroy(new Error('cancelled')), { once: true });
  return out;
}

export async function loadImage(
  engineFolder: string,
  where: string,
  archive: Readable,
  o: Parameters<Making['loadImage']>[1] = {},
): Promise<Result<void>> {
  const { freeBytes } = await spaceOf(engineFolder);
  const hash = createHash('sha256');
  let head = Buffer.alloc(0);
  let last = Buffer.alloc(0);
  let bytes = 0;
  const taken = pipeline(
    archive,
    throttle(() => faultsOf(engineFolder).bytesPerSecond),
    new PassThrough(),
    () => undefined,
  );
  const onAbort = () => taken.destroy(new Error('cancelled'));
  o.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    if (o.signal?.aborted) onAbort();
    for await (const piece of taken as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > freeBytes)
        return err(
          problem('DISK_FULL', `No space is left on the disk of ${where}: the image could not be loaded.`, {
            remedy: 'Rehearsal: free the disk, then go on.',
          }),
        );
      if (head.length < 1_048_576) head = Buffer.concat([head, piece]);
      // The hash stands at the end: so many bytes are held back.
      const known = Buffer.concat([last, piece]);
      hash.update(known.subarray(0, Math.max(0, known.length - 32)));
      last = known.subarray(Math.max(0, known.length - 32));
      o.onBytes?.(bytes);
    }
  } catch (e) {
    return err(
      problem('ENGINE_ERROR', `The transfer of an image to ${where} broke off.`, { detail: e instanceof Error ? e.message : String(e) }),
    );
  } finally {
    o.signal?.removeEventListener('abort', onAbort);
    archive.destroy();
  }
  const image = hash.digest().equals(last) ? definitionIn(head) : undefined;
  if (!image) return err(problem('ENGINE_ERROR', `${where} could not load the image: this is no archive of an emulated image.`));
  putImage(engineFolder, image);
  return ok(undefined);
}

function definitionIn(head: Buffer): EmulatedImage | undefined {
  const end = head.indexOf('\n', HEAD.length);
  if (!head.subarray(0, HEAD.length).equals(Buffer.from(HEAD)) || end < 0) return undefined;
  const length = Number(head.subarray(HEAD.length, end).toString());
  return JSON.parse(head.subarray(end + 1, end + 1 + length).toString()) as EmulatedImage;
}
