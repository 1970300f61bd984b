import 'server-only';
import { createHash, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import type { EngineAddress } from '../../domain/engine/engine';
import { socketOf } from './ssh-socket';

type SshAddress = Extract<EngineAddress, { kind: 'ssh' }>;
type Done = (error: Error | null, stream?: Duplex) => void;

/** sshd allows 10 sessions on one connection unless told otherwise. */
const CHANNELS = 8;

interface Line {
  readonly client: Client;
  readonly ready: Promise<void>;
  channels: number;
}

/** Why a connection through ssh failed, in a form `engineProblem` knows. */
class SshError extends Error {
  constructor(
    readonly code: 'SSH_LOGIN' | 'SSH_HOST_KEY' | 'SSH_DIAL' | 'SSH_FAILED',
    message: string,
  ) {
    super(message);
  }
}

/**
 * An HTTP agent whose connections are `docker system dial-stdio` on the other host, as Docker's own command line does it. Connections are
 * kept and shared (docker-modem's own agent logs in anew for every request and crashes the process when the command is refused).
 * The host key must be `hostKeySha256` where the address tells one; else the first key seen is kept for the life of the agent.
 */
export function sshAgent(address: SshAddress): http.Agent {
  const agent = new http.Agent({ keepAlive: true });
  const lines = new Set<Line>();
  let knownKey: Buffer | undefined = address.hostKeySha256
    ? Buffer.from(address.hostKeySha256.replace(/^SHA256:/, ''), 'base64')
    : undefined;

  function connect(SshClient: typeof Client): Line {
    const client = new SshClient();
    let refusedKey = false;
    const ready = new Promise<void>((resolve, reject) => {
      client.once('ready', resolve);
      client.on('error', (e: Error & { level?: string }) => {
        lines.delete(line);
        if (refusedKey) reject(new SshError('SSH_HOST_KEY', e.message));
        else reject(e.level === 'client-authentication' ? new SshError('SSH_LOGIN', e.message) : e);
      });
      client.once('close', () => {
        lines.delete(line);
        reject(new SshError('SSH_FAILED', 'the connection was closed'));
      });
    });
    ready.catch(() => {});
    const line: Line = { client, ready, channels: 0 };
    try {
      client.connect({
        host: address.host,
        port: address.port,
        username: address.user,
        ...(address.privateKey
          ? { privateKey: address.privateKey }
          : process.env.SSH_AUTH_SOCK
            ? { agent: process.env.SSH_AUTH_SOCK }
            : {}),
        readyTimeout: 10_000,
        keepaliveInterval: 10_000,
        keepaliveCountMax: 2,
        hostVerifier: (key: Buffer) => {
          const seen = createHash('sha256').update(key).digest();
          knownKey ??= seen;
          refusedKey = !(seen.length === knownKey.length && timingSafeEqual(seen, knownKey));
          return !refusedKey;
        },
      });
      lines.add(line);
    } catch (e) {
      // ssh2 throws for a private key that it cannot read.
      return { client, ready: Promise.reject(new SshError('SSH_LOGIN', e instanceof Error ? e.message : String(e))), channels: 0 };
    }
    return line;
  }

  async function dial(): Promise<Duplex> {
    const ssh2 = await import('ssh2'); // only for those who need it: most engines are local
    const line = [...lines].find((l) => l.channels < CHANNELS) ?? connect(ssh2.Client ?? ssh2.default.Client);
    line.channels++;
    try {
      await line.ready;
      return await new Promise<Duplex>((resolve, reject) => {
        line.client.exec('docker system dial-stdio', (error, channel) => {
          if (error) return reject(new SshError('SSH_DIAL', error.message));
          channel.once('close', () => {
            line.channels--;
          });
          // Where the command fails, its words are the reason, not that the connection closed.
          const failed = (code: number | null, words: string) =>
            new SshError('SSH_DIAL', words || `"docker system dial-stdio" ended with ${code ?? 'a signal'}`);
          resolve(socketOf(channel, failed));
        });
      });
    } catch (e) {
      line.channels--;
      throw e;
    }
  }

  agent.createConnection = ((_: unknown, done: Done) => {
    // A command that was refused at once has ended before http has its socket: its error would be lost.
    dial().then((stream) => (stream.errored ? done(stream.errored) : done(null, stream)), done);
  }) as never;
  const destroy = agent.destroy.bind(agent);
  agent.destroy = () => {
    destroy();
    for (const line of lines) line.client.end();
  };
  return agent;
}
