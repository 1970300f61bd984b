/** How fast a journal is copied and proved while the Controller works: Handover's copy against what a person would do in one container, or through two `docker cp`. */
import { execFileSync } from 'node:child_process';
import { openDockerEngine } from '../../lib/adapters/docker/open';
import type { Result } from '../../lib/domain/result';
import { DATA, IMAGE, type Pair } from './world';

const value = <T>(r: Result<T>): T => {
  if (r.ok) return r.value;
  throw new Error(`${r.error.code}: ${r.error.message} ${r.error.detail ?? ''}`);
};
const docker = (socket: string, ...args: string[]): string =>
  execFileSync('docker', ['-H', `unix://${socket}`, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const timed = async (work: () => unknown): Promise<number> => {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
};
const STAGING = `${DATA}/state.incoming-bench`;
const OWNER = { mode: 0o644, uid: 1001, gid: 0 };

/** Both ways once, ms; `flush`: what the one by hand takes beside until it is on disk, as Handover's is (in one container it is part of `hand`). The biggest file of the first one's state directory is copied. `pipe`: without hashes, as `docker cp` makes none. */
export async function copyOnce(
  sockets: readonly [string, string],
  { from, to }: Pair,
): Promise<{ handover: number; hand: number; flush: number; bytes: number }> {
  const same = sockets[0] === sockets[1];
  const a = openDockerEngine({ id: 'a', name: 'a', address: { kind: 'socket', path: sockets[0] } });
  const b = same ? a : openDockerEngine({ id: 'b', name: 'b', address: { kind: 'socket', path: sockets[1] } });
  try {
    const entries = value(await a.files(from).list(`${DATA}/state`));
    const file = [...entries].sort((x, y) => y.bytes - x.bytes)[0];
    if (!file) throw new Error('no journal');
    const path = `${DATA}/state/${file.name}`;
    const copy = `${STAGING}/${file.name}`;
    const { bytes } = file;
    const fresh = async (): Promise<void> => {
      value(await b.moving(to).discardCopy(STAGING));
      value(await b.files(to).makeFolder(STAGING, OWNER));
      value(await b.moving(to).warm(same ? { from } : {}));
      value(await a.moving(from).warm());
    };
    await fresh();
    const handover = await timed(async () => {
      if (same) {
        value(await b.moving(to).appendFrom(copy, { ...OWNER, from: { name: from, path }, offset: 0, bytes }));
        const range = (p: string) => [{ path: p, from: 0, to: bytes }];
        const [x, y] = await Promise.all([a.moving(from).hashRanges(range(path)), b.moving(to).hashRanges(range(copy))]);
        if (value(x)[0] !== value(y)[0]) throw new Error('The copy differs');
      } else {
        const content = value(await a.files(from).read(path, { length: bytes }));
        value(await b.moving(to).append(copy, { ...OWNER, content, bytes, offset: 0 }));
      }
    });
    await fresh();
    const hand = await timed(() => {
      if (same)
        docker(
          sockets[0],
          'run',
          '--rm',
          '--network',
          'none',
          '--entrypoint',
          'sh',
          '-v',
          `${from}:/a`,
          '-v',
          `${to}:/b`,
          IMAGE,
          '-c',
          `f=${file.name}; cp /a/state/$f /b/state.incoming-bench/$f && sync /b/state.incoming-bench/$f && sha256sum /a/state/$f /b/state.incoming-bench/$f`,
        );
      else
        execFileSync('sh', [
          '-c',
          `docker -H unix://${sockets[0]} cp ${from}:${path} - | docker -H unix://${sockets[1]} cp - ${to}:${STAGING}`,
        ]);
    });
    // The file itself on this host: a container for it would take longer than the flush.
    const volume = same ? '' : docker(sockets[1], 'volume', 'inspect', '-f', '{{.Mountpoint}}', to).trim();
    const flush = same ? 0 : await timed(() => execFileSync('sync', [`${volume}/state.incoming-bench/${file.name}`]));
    value(await b.moving(to).discardCopy(STAGING));
    return { handover, hand, flush, bytes };
  } finally {
    await a.close();
    if (!same) await b.close();
  }
}
