import 'server-only';
import http, { type IncomingHttpHeaders } from 'node:http';
import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { Transport } from './transport';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** At most 64 KiB. */
  readonly body: string;
}

const MOST = 65_536;

/**
 * One GET past dockerode: it gives no headers, and follows redirects without a handler for their errors, so that whatever answers at a wrong
 * address could end the process. So it only ever talks to what this probe has recognised as a Docker Engine.
 */
export function probe(transport: Transport, path: string, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = (transport.secure ? https : http).request({ ...transport.request, method: 'GET', path, signal }, (answer) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const done = () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() });
      answer.on('data', (chunk: Buffer) => {
        chunks.push(chunk.subarray(0, MOST - bytes));
        bytes += chunk.length;
        if (bytes >= MOST) {
          done();
          answer.destroy();
        }
      });
      answer.once('end', done);
      answer.once('error', reject);
      answer.once('close', () => reject(Object.assign(new Error('The answer ended early'), { code: 'ECONNRESET' })));
    });
    asked.once('error', (e: NodeJS.ErrnoException) => {
      // Under TLS 1.3 a server refuses a client certificate only after the handshake, and the alert may be lost with the connection.
      const refused =
        transport.secure &&
        !asked.reusedSocket &&
        (asked.socket as TLSSocket | null)?.authorized &&
        (e.code === 'ECONNRESET' || e.code === 'EPIPE');
      reject(refused ? Object.assign(e, { code: 'TLS_REFUSED' }) : e);
    });
    asked.end();
  });
}
