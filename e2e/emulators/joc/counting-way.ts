/** A way to a JOC Cockpit on which every request is written down: to count what a client costs it. */
import { createServer, request } from 'node:http';

export interface CountingWay {
  readonly url: string;
  /** Routes below `/joc/api/`, in the order in which they were asked. Emptied by whoever counts. */
  readonly asked: string[];
  close(): void;
}
export async function countingWay(to: string): Promise<CountingWay> {
  const asked: string[] = [];
  const server = createServer((req, res) => {
    asked.push((req.url ?? '').replace('/joc/api/', ''));
    const on = request(`${to}${req.url}`, { method: req.method, headers: req.headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    on.on('error', () => res.destroy());
    res.on('close', () => on.destroy());
    req.pipe(on);
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  return {
    asked,
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
