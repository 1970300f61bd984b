/** One HTTP call to a Controller as JOC makes it: 2 s to connect, 5 s for the answer (joc-cockpit 1.6). Failures say which of the two it was. */
import http from 'node:http';
import https from 'node:https';
import { toName } from './names';

const CONNECT_MS = 2000;
const ANSWER_MS = 5000;

export interface UpstreamAnswer {
  readonly status: number;
  readonly reason: string;
  readonly type: string;
  readonly text: string;
}

export type FailureKind = 'connect-timeout' | 'no-answer' | 'certificate';
export class NoAnswer extends Error {
  readonly kind: FailureKind;
  constructor(kind: FailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

export interface CallOptions {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** CAs in PEM, for https. */
  readonly ca: string | undefined;
}

/** Opens the request; used by short calls and by streams. */
export function open(url: string, { method = 'GET', headers = {}, body, ca }: CallOptions): http.ClientRequest {
  const length = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
  const to = toName(url, process.env.EMULATED_NETWORK);
  const options = { ...to, method, headers: { accept: 'application/json', ...to.headers, ...length, ...headers }, agent: false };
  const request = url.startsWith('https:')
    ? https.request(url, { ...options, ...(ca !== undefined && { ca }) })
    : http.request(url, options);
  const slow = setTimeout(() => request.destroy(new NoAnswer('connect-timeout', 'connect timed out')), CONNECT_MS);
  request.once('socket', (socket) => socket.once('connect', () => clearTimeout(slow)));
  request.once('close', () => clearTimeout(slow));
  return request;
}

export function call(url: string, options: CallOptions): Promise<UpstreamAnswer> {
  return new Promise((resolve, reject) => {
    let request: http.ClientRequest;
    try {
      request = open(url, options);
    } catch (error) {
      // An address Node cannot even parse: Java's client fails there, too.
      reject(new NoAnswer('no-answer', (error as Error).message));
      return;
    }
    const late = setTimeout(() => request.destroy(new NoAnswer('no-answer', 'no answer')), ANSWER_MS);
    const failed = (error: Error): void => {
      clearTimeout(late);
      const certificate = /CERT|certificate|self.signed/i.test(`${(error as NodeJS.ErrnoException).code} ${error.message}`);
      reject(error instanceof NoAnswer ? error : new NoAnswer(certificate ? 'certificate' : 'no-answer', error.message));
    };
    request.on('error', failed);
    request.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', failed);
      response.once('aborted', () => failed(new Error('connection closed')));
      response.once('end', () => {
        clearTimeout(late);
        const { statusCode: status = 0, statusMessage: reason = '' } = response;
        resolve({ status, reason, type: response.headers['content-type'] ?? '', text });
      });
    });
    request.end(options.body);
  });
}
