/** One HTTP exchange: what was asked, and the ways to answer that the real one has. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import zlib from 'node:zlib';
import type { Json } from '../../shared/json';
import { choose, quality } from './negotiation';
import type { Problem } from './problem';

export const JSON_TYPE = 'application/json';
export const NDJSON = 'application/x-ndjson';
export const TEXT = 'text/plain; charset=UTF-8';
const NO_CACHE = 'max-age=0, no-store, no-cache';

export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Whether the port it came in at is bound to a loopback address, and whether it speaks TLS. */
  readonly loopback: boolean;
  /** Everything under /controller/api but the Overview, and not what the router itself refuses (recording 01). */
  cacheControl = false;

  constructor(request: IncomingMessage, response: ServerResponse, loopback: boolean) {
    this.request = request;
    this.response = response;
    this.loopback = loopback;
    const raw = request.url ?? '/';
    const at = raw.indexOf('?');
    this.path = at < 0 ? raw : raw.slice(0, at);
    this.query = new URLSearchParams(at < 0 ? '' : raw.slice(at + 1));
  }

  get method(): string {
    return this.request.method ?? 'GET';
  }

  get accept(): string | undefined {
    return this.request.headers.accept;
  }

  header(name: string): string | undefined {
    const value = this.request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  }

  #head(extra: Record<string, string>): Record<string, string> {
    return { ...(this.cacheControl && { 'Cache-Control': NO_CACHE }), ...extra };
  }

  text(status: number, body: string, extra: Record<string, string> = {}): void {
    this.#whole(status, TEXT, body, extra);
  }

  /** JSON only: otherwise 406, after whatever was done has been done (recording 01/110). */
  json(status: number, body: Json, extra: Record<string, string> = {}): void {
    if (quality(this.accept, JSON_TYPE) > 0) this.#whole(status, JSON_TYPE, JSON.stringify(body), extra);
    else this.notAcceptable([JSON_TYPE]);
  }

  /** Text first, JSON second; `stream` routes fall back to text where the client wants neither (recording 03/011). */
  problem(problem: Problem, options: { stream?: boolean; extra?: Record<string, string>; withoutType?: boolean } = {}): void {
    const type = choose(this.accept, ['text/plain', JSON_TYPE]) ?? (options.stream ? 'text/plain' : undefined);
    if (type === undefined) this.notAcceptable(['text/plain', JSON_TYPE]);
    else if (type === JSON_TYPE)
      this.#whole(problem.status, JSON_TYPE, JSON.stringify(options.withoutType ? problem.body() : problem.json()), options.extra);
    else this.text(problem.status, `${problem}\n`, options.extra);
  }

  notAcceptable(types: readonly string[]): void {
    this.text(406, `Resource representation is only available with these types:\n${types.join('\n')}`);
  }

  #whole(status: number, type: string, body: string, extra: Record<string, string> = {}): void {
    if (this.response.headersSent || this.response.destroyed) return;
    const encoding = this.#encoding();
    if (encoding && status === 200) {
      const bytes = encoding === 'gzip' ? zlib.gzipSync(body) : zlib.deflateSync(body);
      this.response.writeHead(status, this.#head({ ...extra, 'Content-Type': type, 'Content-Encoding': encoding }));
      this.response.end(bytes);
      return;
    }
    const bytes = Buffer.from(body, 'utf8');
    this.response.writeHead(status, this.#head({ ...extra, 'Content-Type': type, 'Content-Length': String(bytes.length) }));
    this.response.end(this.method === 'HEAD' ? undefined : bytes);
  }

  #encoding(): 'gzip' | 'deflate' | undefined {
    const wanted = this.header('accept-encoding') ?? '';
    return /\bgzip\b/.test(wanted) ? 'gzip' : /\bdeflate\b/.test(wanted) ? 'deflate' : undefined;
  }

  /** Sends the headers now and answers with what writes the body; `closed` hears the client leave. */
  stream(type: string): Body {
    const encoding = this.#encoding();
    this.response.writeHead(200, this.#head({ 'Content-Type': type, ...(encoding && { 'Content-Encoding': encoding }) }));
    this.response.flushHeaders();
    if (!encoding) return { write: (data) => this.response.write(data), end: () => this.response.end() };
    const zip =
      encoding === 'gzip'
        ? zlib.createGzip({ flush: zlib.constants.Z_SYNC_FLUSH })
        : zlib.createDeflate({ flush: zlib.constants.Z_SYNC_FLUSH });
    zip.pipe(this.response);
    return { write: (data) => zip.write(data), end: () => zip.end() };
  }

  onClosed(listener: () => void): void {
    this.response.once('close', listener);
  }
}

export interface Body {
  /** False when the client is slower than we are. */
  write(data: string | Buffer): boolean;
  end(): void;
}
