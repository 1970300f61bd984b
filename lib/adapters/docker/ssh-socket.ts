import 'server-only';
import { Duplex, type Readable } from 'node:stream';

/** What we use of an ssh2 channel. Events: `exit` (code, or null where a signal ended the command), `close` when all of it is over. */
export interface Channel extends Duplex {
  readonly stderr: Readable;
}

/** How long after its output ended a command may keep its exit code to itself. */
const EXIT_MS = 2_000;

/**
 * The output and input of a command on another host as the socket that Node's http expects. The end of the output is withheld until the exit
 * code is known: http would take it for a lost connection, and the command's own words (`failed` makes an error of them) would come too late.
 */
export function socketOf(channel: Channel, failed: (code: number | null, words: string) => Error): Duplex {
  let words = '';
  let exit: { readonly code: number | null } | undefined;
  let ended = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const socket = new Duplex({
    allowHalfOpen: true,
    read: () => void channel.resume(),
    write: (chunk: Buffer, encoding, done) => void channel.write(chunk, encoding, done),
    final: (done) => void channel.end(done),
    destroy: (error, done) => {
      clearTimeout(timer);
      channel.destroy();
      done(error);
    },
  });
  const over = (): void => {
    clearTimeout(timer);
    if (exit && exit.code !== 0) socket.destroy(failed(exit.code, words.trim()));
    else socket.push(null);
  };

  channel.stderr.on('data', (d: Buffer) => {
    words = (words + d.toString()).slice(0, 2000);
  });
  channel.on('data', (d: Buffer) => {
    if (!socket.push(d)) channel.pause();
  });
  channel.once('end', () => {
    ended = true;
    if (exit?.code === 0) over();
    else timer = setTimeout(over, EXIT_MS);
  });
  channel.once('exit', (code: number | null) => {
    exit = { code };
    // Its last words may still be on the way: `close` comes after them.
    if (code === 0 && ended) over();
  });
  channel.once('close', () => {
    if (!socket.destroyed && !socket.readableEnded) over();
  });
  channel.on('error', (e) => socket.destroy(e));
  // Whoever takes the socket later reads `errored`.
  socket.on('error', () => undefined);

  // Node's http calls some methods of a network socket.
  const nothing = () => socket;
  return Object.assign(socket, { setKeepAlive: nothing, setNoDelay: nothing, setTimeout: nothing, ref: nothing, unref: nothing });
}
