import 'server-only';
import type { Readable } from 'node:stream';
import tar from 'tar-stream';
import type { Result } from '../../../domain/result';
import { type Connection, meaning } from '../connection';
import type { Inspected } from '../instance';
import { wordsOf } from '../problems';
import { pathNotFound } from './paths';

export interface Archived {
  readonly kind: 'file' | 'link' | 'other';
  readonly bytes: number;
  readonly linkTarget?: string;
  /** The content, from the beginning. Destroying it ends the transfer. */
  readonly content: AsyncIterable<Buffer>;
  end(): void;
}

/**
 * The first entry of `GET /containers/{id}/archive`: works on containers that do not run, without a helper. Only for files: of a folder the engine
 * would send everything below. The transfer stops as soon as `end` is called.
 */
/** `by`: the container that is asked, a helper with the same volumes instead of the instance. */
export async function archived(c: Connection, of: Inspected, path: string, by = of.Id): Promise<Result<Archived>> {
  const doing = `reading "${path}"`;
  return c.call(doing, c.limits.look, async (docker, abortSignal) => {
    const asked = docker.getContainer(by).getArchive({ path, abortSignal });
    const source = (await meaning(asked, (status, e) =>
      status === 404 || /not a directory|too many (levels|links)/i.test(wordsOf(e)) ? pathNotFound(of, path) : undefined,
    )) as Readable;
    const extract = tar.extract();
    const end = () => {
      source.destroy();
      extract.destroy();
    };
    extract.on('error', () => {});
    source.on('error', (e) => extract.destroy(e));
    source.on(
      'close',
      () => source.readableEnded || extract.destroy(Object.assign(new Error('The archive ended early'), { code: 'ECONNRESET' })),
    );
    abortSignal.addEventListener('abort', end, { once: true });
    try {
      source.pipe(extract as unknown as NodeJS.WritableStream);
      const first = await extract[Symbol.asyncIterator]().next();
      if (first.done) throw Object.assign(new Error('The archive is empty'), { code: 'ECONNRESET' });
      const { header } = first.value;
      const kind = header.type === 'file' || header.type === 'contiguous-file' ? 'file' : header.type === 'symlink' ? 'link' : 'other';
      return {
        kind,
        bytes: header.size ?? 0,
        ...(header.linkname != null && { linkTarget: header.linkname }),
        content: first.value as unknown as AsyncIterable<Buffer>,
        end,
      };
    } catch (e) {
      end();
      throw e;
    }
  });
}
