import 'server-only';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import type { EngineAddress } from '../../../domain/engine/engine';

/** Something that listens, and its end. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 or, where told, on a Unix socket; `close` cuts what is connected. */
export function listening(server: net.Server, at: net.ListenOptions = { host: '127.0.0.1', port: 0 }): Promise<Listening> {
  const open = new Set<net.Socket>();
  server.on('connection', (s: net.Socket) => {
    open.add(s);
    s.on('error', () => {});
    s.once('close', () => open.delete(s));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(at, () =>
      resolve({
        port: (server.address() as AddressInfo | null)?.port ?? 0,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            for (const s of open) s.destroy();
          }),
      }),
    );
  });
}

export const httpServer = (handler: http.RequestListener): Promise<Listening> => listening(http.createServer(handler));

/** A server that is an engine as far as the negotiation goes; everything else is the test's. */
export function almostDocker(handler: http.RequestListener): Promise<Listening> {
  return httpServer((req, res) => {
    if (req.url === '/version') res.end(JSON.stringify({ Version: '27.0.0', ApiVersion: '1.46', MinAPIVersion: '1.24' }));
    else if (req.url === '/_ping') res.end('OK');
    else handler(req, res);
  });
}

export const tcp = (port: number): EngineAddress => ({ kind: 'tcp', host: '127.0.0.1', port });

/** Bytes to and from a Unix socket, for every connection. */
export function pipeTo(socket: string): (client: net.Socket) => void {
  return (client) => {
    const engine = net.connect(socket);
    client.pipe(engine).pipe(client);
    for (const [a, b] of [
      [client, engine],
      [engine, client],
    ] as const) {
      a.on('error', () => b.destroy());
      a.once('close', () => b.destroy());
    }
  };
}
