/** Talks to the other node: commands as the user named by the Controller ID (controller-api 4.4), streams of lines. */
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { JsonObject } from '../../shared/json';
import type { Node } from '../node';
import { clientTls } from '../web/tls';

export class PeerError extends Error {
  readonly status: number | undefined;
  readonly code: string | undefined;

  constructor(message: string, status?: number, code?: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export class Peer {
  readonly #node: Node;
  readonly uri: string;

  constructor(node: Node, uri: string) {
    this.#node = node;
    this.uri = uri;
  }

  #open(path: string, method: string, headers: Record<string, string>): ClientRequest {
    const url = new URL(path, this.uri);
    const { controllerId, clusterPassword } = this.#node.settings;
    const authorization =
      clusterPassword === undefined
        ? {}
        : { authorization: `Basic ${Buffer.from(`${controllerId}:${clusterPassword}`).toString('base64')}` };
    const options = { method, headers: { ...headers, ...authorization }, agent: false as const };
    return url.protocol === 'https:'
      ? https.request(url, { ...options, ...clientTls(this.#node.settings.https) })
      : http.request(url, options);
  }

  /** POST /cluster/command. Throws PeerError when unreachable or refused. */
  command(command: JsonObject, timeoutMs = 10_000): Promise<JsonObject> {
    const body = JSON.stringify(command);
    const headers = { accept: 'application/json', 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
    return this.#exchange('/controller/api/cluster/command', 'POST', headers, body, timeoutMs);
  }

  get(path: string, timeoutMs = 10_000): Promise<JsonObject> {
    return this.#exchange(path, 'GET', { accept: 'application/json' }, undefined, timeoutMs);
  }

  #exchange(
    path: string,
    method: string,
    headers: Record<string, string>,
    body: string | undefined,
    timeoutMs: number,
  ): Promise<JsonObject> {
    return new Promise((resolve, reject) => {
      const request = this.#open(path, method, headers);
      request.setTimeout(timeoutMs, () => request.destroy(new PeerError(`${this.uri} does not answer`)));
      request.on('error', (error) => reject(error instanceof PeerError ? error : new PeerError(error.message)));
      request.once('response', (response) => {
        readAll(response).then((text) => {
          const json = text.startsWith('{') ? (JSON.parse(text) as JsonObject) : {};
          if (response.statusCode === 200) resolve(json);
          else
            reject(
              new PeerError(
                `HTTP ${response.statusCode}: ${String(json.message ?? text)}`,
                response.statusCode,
                json.code === undefined ? undefined : String(json.code),
              ),
            );
        }, reject);
      });
      request.end(body);
    });
  }

  /** A stream of ndjson lines until it ends or `stop` is called. `onLine` gets each line without its LF, empty ones (heartbeats) too. */
  stream(path: string, onLine: (line: Buffer) => void): { readonly ended: Promise<void>; stop(): void } {
    const request = this.#open(path, 'GET', { accept: 'application/x-ndjson, application/json;q=0.9' });
    const ended = new Promise<void>((resolve, reject) => {
      request.on('error', (error) => reject(new PeerError(error.message)));
      request.once('response', (response) => {
        if (response.statusCode !== 200) {
          readAll(response).then(
            (text) => reject(new PeerError(`HTTP ${response.statusCode}: ${text.slice(0, 300)}`, response.statusCode)),
            reject,
          );
          return;
        }
        const lines = new LineSplitter(onLine);
        response.on('data', (chunk: Buffer) => lines.add(chunk));
        response.once('end', resolve);
        response.on('error', (error) => reject(new PeerError(error.message)));
        response.once('aborted', () => reject(new PeerError('connection closed')));
      });
    });
    request.end();
    return { ended, stop: () => request.destroy() };
  }
}

class LineSplitter {
  #rest: Buffer[] = [];
  readonly #onLine: (line: Buffer) => void;

  constructor(onLine: (line: Buffer) => void) {
    this.#onLine = onLine;
  }

  add(chunk: Buffer): void {
    let start = 0;
    for (let lf = chunk.indexOf(10); lf >= 0; lf = chunk.indexOf(10, start)) {
      const line = Buffer.concat([...this.#rest, chunk.subarray(start, lf)]);
      this.#rest = [];
      start = lf + 1;
      this.#onLine(line);
    }
    if (start < chunk.length) this.#rest.push(chunk.subarray(start));
  }
}

async function readAll(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return text;
}

/** Pauses between tries of node-to-node commands, in seconds: `js7.journal.cluster.retry-delays`. */
const RETRY = [1, 1, 1, 1, 1, 2, 3, 5];
export function retryDelayMs(attempt: number): number {
  return (RETRY[Math.min(attempt, RETRY.length - 1)] ?? 5) * 1000;
}
