import 'server-only';
import { PassThrough, pipeline, Readable, Transform } from 'node:stream';
import type Docker from 'dockerode';
import { problem } from '../../../domain/errors';
import { err, ok, type Result } from '../../../domain/result';
import type { ImageInfo, Making } from '../../../ports/making';
import { type Connection, meaning } from '../connection';
import { Explained, statusOf } from '../problems';
import { unlessSilent } from '../silence';

export async function images(c: Connection): Promise<Result<readonly ImageInfo[]>> {
  const all = await c.call('listing its images', c.limits.list, (docker, abortSignal) => docker.listImages({ abortSignal }));
  if (!all.ok) return all;
  return ok(
    all.value
      .map((i) => ({ digest: i.Id, refs: refsOf(i.RepoTags), bytes: i.Size, labels: i.Labels ?? {} }))
      .sort((a, b) => (a.digest < b.digest ? -1 : 1)),
  );
}

const refsOf = (tags: readonly string[] | null | undefined): string[] => (tags ?? []).filter((t) => !t.startsWith('<none>')).sort();

export async function image(c: Connection, which: string): Promise<Result<ImageInfo | 'absent'>> {
  // Nothing that could lead to another path; Docker's references have no such characters.
  if (!/^[\w][\w./:@-]*$/.test(which) || which.includes('..')) return ok('absent');
  return c.call(`looking at the image "${which}"`, c.limits.look, async (docker, abortSignal) => {
    try {
      const i = (await docker.getImage(which).inspect({ abortSignal } as Docker.ImageInspectOptions)) as Docker.ImageInspectInfo;
      return { digest: i.Id, refs: refsOf(i.RepoTags), bytes: i.Size, labels: i.Config?.Labels ?? {} };
    } catch (e) {
      if (statusOf(e) === 404) return 'absent' as const;
      throw e;
    }
  });
}

export const noImage = (c: Connection, digest: string, ref?: string) =>
  problem('IMAGE_NOT_FOUND', `${c.where} does not have the image ${ref ? `${ref} (${digest})` : digest}.`, {
    remedy: 'Copy it there from the engine that has it ("docker save", "docker load"), or pull it. Handover pulls nothing.',
  });

/**
 * With all its references, so that they are there after the loading, too. dockerd (20.10) first packs the whole image and then sends it: the first byte may take a
 * while. Afterwards a silence breaks the stream.
 */
export async function saveImage(c: Connection, digest: string, signal?: AbortSignal): Promise<Result<Readable>> {
  const seen = await image(c, digest);
  if (!seen.ok) return seen;
  if (seen.value === 'absent') return err(noImage(c, digest));
  const names = seen.value.refs.length > 0 ? seen.value.refs : [seen.value.digest];
  const doing = `saving the image ${names[0]}`;
  const answer = await c.call(
    doing,
    c.limits.bigCommand,
    (docker, abortSignal) => {
      const asked = new Promise<Readable>((resolve, reject) => {
        docker.modem.dial(
          {
            // docker-modem cuts the last character off where there are no options.
            path: `/images/get?${new URLSearchParams(names.map((n) => ['names', n])).toString()}&`,
            method: 'GET',
            isStream: true,
            abortSignal,
            statusCodes: { 200: true, 404: 'no such image', 500: 'server error' },
          } as Parameters<Docker['modem']['dial']>[0],
          (e, data) => (e ? reject(e) : resolve(data as Readable)),
        );
      });
      return meaning(asked, (status) => (status === 404 ? noImage(c, digest) : undefined));
    },
    signal,
  );
  if (!answer.ok) return answer;
  const source = answer.value;
  const explained = (e: unknown) => new Explained(c.problemOf(e, doing));
  async function* bytes() {
    try {
      yield* unlessSilent(source as AsyncIterable<Buffer>, c.limits.silence);
      if (!source.readableEnded) throw Object.assign(new Error('The archive ended early'), { code: 'ECONNRESET' });
    } catch (e) {
      throw explained(e);
    } finally {
      source.destroy();
    }
  }
  const stream = Readable.from(bytes(), { objectMode: false });
  const onAbort = () => stream.destroy(explained(new Error('cancelled')));
  signal?.addEventListener('abort', onAbort, { once: true });
  stream.once('close', () => {
    signal?.removeEventListener('abort', onAbort);
    source.destroy();
  });
  return ok(stream);
}

export async function loadImage(c: Connection, archive: Readable, o: Parameters<Making['loadImage']>[1] = {}): Promise<Result<void>> {
  const doing = 'loading an image';
  if (archive.errored) return err(c.problemOf(archive.errored, doing));
  let broken: Error | undefined;
  let sent = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      sent += chunk.length;
      o.onBytes?.(sent);
      done(null, chunk);
    },
  });
  const body = new PassThrough();
  pipeline(archive, counted, body, (e) => {
    // What breaks off because the engine answered early is not the source's failure.
    if (e && (e as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') broken = e;
  });
  try {
    const done = await c.call(
      doing,
      c.limits.bigCommand,
      async (docker, abortSignal) => {
        const answer = (await docker.loadImage(body, { quiet: true, abortSignal } as object)) as Readable;
        abortSignal.addEventListener('abort', () => answer.destroy(), { once: true });
        await finished(c, answer);
      },
      o.signal,
    );
    if (broken) return err(c.problemOf(broken, doing));
    return done.ok ? ok(undefined) : done;
  } finally {
    body.destroy();
    archive.destroy();
  }
}

/** Docker answers 200 at once, and tells what went wrong in the body: one JSON object a line. */
async function finished(c: Connection, answer: Readable): Promise<void> {
  let text = '';
  for await (const chunk of answer) text = (text + String(chunk)).slice(-65_536);
  for (const line of text.split('\n')) {
    const said = wordsIn(line);
    if (said === undefined) continue;
    if (/no space left on device|disk quota exceeded/i.test(said))
      throw new Explained(
        problem('DISK_FULL', `No space is left on the disk of ${c.where}: the image could not be loaded.`, {
          remedy: 'Free some space in its data folder (usually /var/lib/docker), then go on.',
          detail: said,
        }),
      );
    throw new Explained(
      problem('ENGINE_ERROR', `${c.where} could not load the image.`, {
        remedy: 'The detail holds the words of the engine.',
        detail: said,
      }),
    );
  }
}

function wordsIn(line: string): string | undefined {
  try {
    const said: unknown = JSON.parse(line);
    return said !== null && typeof said === 'object' && 'error' in said ? String(said.error).slice(0, 2000) : undefined;
  } catch {
    return undefined;
  }
}
