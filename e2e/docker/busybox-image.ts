import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const APPLETS =
  'sh cat cp mv ls ln rm mkdir chmod chown stat sha256sum tail head dd df sleep echo true false touch find wc env printf sync test trap kill nc httpd tar id'.split(
    ' ',
  );

/**
 * Imports the machine's static busybox as an image (no registry is reachable in tests). Its entrypoint is `/bin/sh -c`-free: give a command.
 * `changes`: Dockerfile lines such as `ENV A=b` or `CMD ["sleep","600"]`. Resolves with the image id.
 */
export async function importBusybox(socket: string, image = 'handover-test/busybox:1', changes: readonly string[] = []): Promise<string> {
  const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((p) => existsSync(p));
  if (!busybox) throw new Error('busybox is missing (Debian: apt-get install busybox-static)');
  const root = mkdtempSync(join(tmpdir(), 'hov-busybox-'));
  try {
    for (const d of ['bin', 'tmp', 'etc', 'var']) mkdirSync(join(root, d));
    copyFileSync(busybox, join(root, 'bin/busybox'));
    for (const applet of APPLETS) symlinkSync('busybox', join(root, 'bin', applet));
    return await importFolder(socket, root, image, ['ENV PATH=/bin', ...changes]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Streams a folder into an engine as a one-layer image (`docker import`). Resolves with the image id. */
function importFolder(socket: string, folder: string, image: string, changes: readonly string[] = []): Promise<string> {
  const colon = image.lastIndexOf(':');
  const query = new URLSearchParams({ fromSrc: '-', repo: image.slice(0, colon), tag: image.slice(colon + 1) });
  for (const change of changes) query.append('changes', change);
  return new Promise((resolve, reject) => {
    const tar = spawn('tar', ['-C', folder, '-c', '--owner=0', '--group=0', '.'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const post = request(
      { socketPath: socket, method: 'POST', path: `/images/create?${query}`, headers: { 'content-type': 'application/x-tar' } },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (d: string) => {
          text += d;
        });
        answer.on('end', () => {
          const id = /sha256:[0-9a-f]{64}/.exec(text)?.[0];
          if (answer.statusCode === 200 && id) resolve(id);
          else reject(new Error(`The engine did not import ${image}: ${answer.statusCode} ${text}`));
        });
      },
    );
    post.on('error', reject);
    tar.on('error', reject);
    tar.stdout.pipe(post);
  });
}
