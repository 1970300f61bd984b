/** Reading and decoding request bodies, with the real one's refusals (controller-api 0.3, 0.4; recordings 01/124-133, 01b/013-017). */
import zlib from 'node:zlib';
import { isObject, type JsonObject } from '../../shared/json';
import type { Exchange } from './exchange';

/** An answer that is plain text whatever the client prefers. */
export class Rejection extends Error {
  readonly status: number;
  readonly extra: Record<string, string>;

  constructor(status: number, text: string, extra: Record<string, string> = {}) {
    super(text);
    this.status = status;
    this.extra = extra;
  }
}

export const malformed = (detail: string): Rejection => new Rejection(400, `The request content was malformed:\n${detail}`);

/** Form types, and POSTs with neither type nor body: a browser could be made to send them (controller-api 0.3). */
export function isForgeable(exchange: Exchange): boolean {
  const type = exchange.header('content-type')?.toLowerCase();
  if (type === undefined) return !hasBody(exchange);
  if (type.startsWith('text/plain') || type.startsWith('application/x-www-form-urlencoded')) return true;
  return type.startsWith('multipart/form-data') && !/boundary=/.test(type);
}

function hasBody({ request }: Exchange): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
}

export async function readBody(exchange: Exchange, limit = Number.POSITIVE_INFINITY): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of exchange.request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit)
      throw new Rejection(413, `EntityStreamSizeException: incoming entity size (${size}) exceeded size limit (${limit} bytes)!`);
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const encoding = exchange.header('content-encoding');
  return (encoding === 'gzip' ? zlib.gunzipSync(bytes) : encoding === 'deflate' ? zlib.inflateSync(bytes) : bytes).toString('utf8');
}

/** JSON object of a POST whose Content-Type must be `expected`. */
export async function readJson(exchange: Exchange, limit?: number): Promise<JsonObject> {
  requireType(exchange, 'application/json');
  const text = await readBody(exchange, limit);
  if (text === '') throw new Rejection(400, 'Request entity expected but not supplied');
  try {
    const json: unknown = JSON.parse(text);
    if (isObject(json)) return json;
  } catch (error) {
    throw malformed(
      `JSON ParsingFailure: ${/end of JSON|Unterminated|Expected .* after|Expected/i.test((error as Error).message) ? 'exhausted input' : (error as Error).message}`,
    );
  }
  throw malformed('JSON DecodingFailure at : Got value with wrong type, expecting object');
}

export function requireType(exchange: Exchange, expected: string): void {
  const type = exchange.header('content-type') ?? 'application/octet-stream';
  if (type.split(';')[0]?.trim().toLowerCase() === expected) return;
  throw new Rejection(415, `The request's Content-Type [${type}] is not supported. Expected:\n${expected}`);
}
