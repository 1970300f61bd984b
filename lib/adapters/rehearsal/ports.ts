import 'server-only';
import { createServer } from 'node:net';

/**
 * Free ports of the loopback interface, below those that the system gives to outgoing connections (from 32768 on): a container that is
 * stopped keeps its port for later, and nobody may get it by chance meanwhile. `preferred` are taken where they are free.
 */
export async function freePorts(preferred: readonly (number | undefined)[]): Promise<number[]> {
  const found: number[] = [];
  for (const wanted of preferred) {
    let port = wanted;
    while (port === undefined || found.includes(port) || !(await isFree(port))) port = 20_000 + Math.floor(Math.random() * 12_000);
    found.push(port);
  }
  return found;
}

export const isFree = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => done(true)));
  });
