import 'server-only';
import { createHash } from 'node:crypto';
import net from 'node:net';
import ssh2, { type Connection } from 'ssh2';
import type { EngineAddress } from '../../../domain/engine/engine';

export interface SshHost {
  readonly address: Extract<EngineAddress, { kind: 'ssh' }>;
  /** `SHA256:…` of its host key. */
  readonly fingerprint: string;
  /** Logins so far, and commands that were run. */
  readonly seen: { logins: number; commands: string[] };
  /** Cuts all connections. */
  cut(): void;
  close(): Promise<void>;
}

/** ssh2 writes one ed25519 key in a few hundred so that it cannot read it again (a leading zero is lost): then another one. */
function keyPair(): ReturnType<typeof ssh2.utils.generateKeyPairSync> {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519');
    if (!(ssh2.utils.parseKey(pair.private) instanceof Error)) return pair;
  }
}

/** What ssh2 has inside of a channel, to say things in an order that it does not offer. */
interface Inner {
  eof(): void;
  readonly outgoing: { readonly id: number };
  readonly _client: { readonly _protocol: { exitStatus(channel: number, code: number): void } };
}
/** A command that fails: at once, a moment after its start, or so that its output ends before its exit code is told. */
export interface Refusal {
  readonly code: number;
  readonly words: string;
  readonly how?: 'at once' | 'a moment later' | 'output ends first';
}
/** A host with an ssh server, on which `docker system dial-stdio` leads to `docker`; or ends with what `refuse` says. */
export async function sshHost(docker: net.NetConnectOpts, refuse?: Refusal): Promise<SshHost> {
  const hostKey = keyPair();
  const user = keyPair();
  const known = parsed(user.public);
  const seen: SshHost['seen'] = { logins: 0, commands: [] };
  const open = new Set<Connection>();

  const server = new ssh2.Server({ hostKeys: [hostKey.private] }, (client) => {
    open.add(client);
    client.on('error', () => {});
    client.on('close', () => open.delete(client));
    client.on('authentication', (ask) => {
      const right = ask.method === 'publickey' && ask.username === 'docker-user' && ask.key.data.equals(known.getPublicSSH());
      if (!right || ask.method !== 'publickey') return ask.reject(['publickey']);
      if (ask.signature && !known.verify(ask.blob as Buffer, ask.signature, ask.hashAlgo)) return ask.reject();
      if (ask.signature) seen.logins++;
      ask.accept();
    });
    client.on('session', (accept) =>
      accept().on('exec', (acceptExec, _, { command }) => {
        seen.commands.push(command);
        const channel = acceptExec();
        if (refuse) {
          const speak = () => channel.stderr.write(refuse.words);
          const exit = () => {
            channel.exit(refuse.code);
            channel.end();
          };
          if (refuse.how === 'at once') {
            speak();
            exit();
          } else if (refuse.how === 'output ends first') {
            speak();
            const { eof, outgoing, _client } = channel as unknown as Inner;
            eof.call(channel);
            // As sshd does it; ssh2's own `exit` says nothing any more once the output has ended.
            setTimeout(() => {
              _client._protocol.exitStatus(outgoing.id, refuse.code);
              channel.end();
            }, 100);
          } else
            setTimeout(() => {
              speak();
              exit();
            }, 100);
          return;
        }
        const engine = net.connect(docker);
        engine.on('error', () => channel.end());
        channel.on('error', () => engine.destroy());
        // As the real command: its writing fails once the channel is closed.
        channel.on('close', () => engine.destroy());
        channel.pipe(engine).pipe(channel);
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  const fingerprint = `SHA256:${createHash('sha256').update(parsed(hostKey.public).getPublicSSH()).digest('base64').replace(/=+$/, '')}`;
  const cut = () => {
    for (const client of open) client.end();
  };
  return {
    address: { kind: 'ssh', host: '127.0.0.1', port, user: 'docker-user', privateKey: user.private },
    fingerprint,
    seen,
    cut,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}

function parsed(key: string) {
  const found = ssh2.utils.parseKey(key);
  if (found instanceof Error) throw found;
  return Array.isArray(found) ? found[0] : found;
}
