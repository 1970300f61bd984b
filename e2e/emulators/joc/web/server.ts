/** The port: /joc/api/…, and a page that says what this is (joc-cockpit 1.1, 1.2; recordings 12/38-40). */
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { isObject, type Json, type JsonObject } from '../../shared/json';
import { sleep } from '../../shared/sleep';
import type { Joc } from '../joc';
import { login, logout } from '../routes/authentication';
import { version } from '../routes/info';
import { Faults } from './faults';
import { failure, JocError, Refused, type Reply, sessionGone, violation } from './reply';
import { OPEN, ROUTES } from './routes';
import { check } from './schema';

const API = '/joc/api/';
const REASON: Readonly<Record<number, string>> = { 420: 'Enhance your Calm', 433: '433', 434: '434', 440: '440' };
const PAGE =
  '<!doctype html><html lang="en"><title>JOC Cockpit (emulation)</title><h1>JOC Cockpit: EMULATION by Handover</h1>' +
  '<p>This is not a JS7 product. It answers the REST API below <code>/joc/api</code> as a real JOC Cockpit was recorded; it has no pages.</p></html>\n';

export function serve(joc: Joc): Promise<http.Server> {
  const faults = new Faults(joc.settings.directory);
  const server = http.createServer((request, response) => {
    // A client that goes while we write is no matter of ours; unheard, the event would end the program.
    request.on('error', () => {});
    response.on('error', () => {});
    answer(joc, faults, request, response).catch((error: unknown) => {
      joc.log.error('web', String((error as Error)?.stack ?? error));
      const { name, message } = error as Error;
      if (!response.headersSent) send(response, failure(new JocError('JOC-420', name, message)));
    });
  });
  server.requestTimeout = 0;
  server.keepAliveTimeout = 60_000;
  const { host, port } = joc.settings.address;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

async function answer(joc: Joc, faults: Faults, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'joc'}`);
  if (!url.pathname.startsWith(API)) {
    const known = ['/', '/joc', '/joc/'].includes(url.pathname);
    response.writeHead(known ? 200 : 404, { 'Content-Type': 'text/html;charset=utf-8' }).end(PAGE);
    return;
  }
  const path = url.pathname.slice(API.length).replace(/\/$/, '');
  const route = ROUTES[path];
  if (!route && !(OPEN as readonly string[]).includes(path)) return plain(response, 404, 'Not Found', url);
  const mayGet = route?.get === true || path === 'version' || path === 'about';
  if (request.method !== 'POST' && !(mayGet && request.method === 'GET'))
    return plain(response, 405, 'Method Not Allowed', url, { Allow: mayGet ? 'GET,POST,OPTIONS' : 'POST,OPTIONS' });
  const type = request.headers['content-type'] ?? '';
  if (request.method === 'POST' && type !== '' && !type.startsWith('application/json'))
    return plain(response, 415, 'Unsupported Media Type', url);
  const text = await read(request);
  const fault = faults.take(path);
  if (fault?.delayMs !== undefined) await sleep(fault.delayMs);
  if (fault?.html) {
    response.writeHead(fault.status ?? 200, { 'Content-Type': 'text/html' }).end('<html>fault on request</html>');
    return;
  }
  if (fault?.status !== undefined || fault?.code !== undefined) {
    const status = fault.status ?? 420;
    return send(response, failure(new JocError(fault.code ?? 'JOC-420', 'JocException', fault.message ?? 'fault on request'), status));
  }
  const token = header(request, 'x-access-token') ?? url.searchParams.get('accessToken') ?? undefined;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const reply = await replyTo(joc, path, text, token, request, gone.signal);
  if (fault?.lost) response.destroy();
  else send(response, reply);
}

async function replyTo(
  joc: Joc,
  path: string,
  text: string,
  token: string | undefined,
  request: IncomingMessage,
  gone: AbortSignal,
): Promise<Reply> {
  try {
    if (path === 'version' || path === 'about') return version(joc);
    if (path === 'authentication/login') return await login(joc, request);
    if (path === 'authentication/logout') return logout(joc, token);
    const route = ROUTES[path];
    const session = joc.sessions.use(token, route?.quiet !== true);
    if (!session || !route) throw sessionGone();
    const body = parse(text);
    check(body, route.fields);
    return await route.handler({ joc, path, body, session, headers: request.headers, gone });
  } catch (error) {
    if (error instanceof Refused) return error.reply;
    if (!(error instanceof JocError)) throw error;
    const connection = error.exception === 'ControllerConnectionRefusedException';
    // Only these few calls have a status of their own for it.
    return failure(error, connection && ['controller', 'controller/p', 'events'].includes(path) ? 434 : 420);
  }
}

function parse(text: string): JsonObject {
  if (text.trim() === '') return {};
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch (error) {
    const { message } = error as Error;
    const kind = /end of JSON/i.test(message) ? 'io.JsonEOFException' : 'JsonParseException';
    throw new JocError('JOC-420', `com.fasterxml.jackson.core.${kind}`, message);
  }
  if (!isObject(json)) throw violation('$: object expected');
  return json;
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  if (response.destroyed) return;
  const text = JSON.stringify(body);
  const all = {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-cache, no-store, no-transform, must-revalidate',
    ...headers,
    'Content-Length': Buffer.byteLength(text),
  };
  const reason = REASON[status];
  if (reason === undefined) response.writeHead(status, all);
  else response.writeHead(status, reason, all);
  response.end(text);
}

function plain(response: ServerResponse, status: number, message: string, url: URL, headers: Record<string, string> = {}): void {
  const text = JSON.stringify({ message, url: url.href, status: String(status) });
  response
    .writeHead(status, { ...headers, 'Cache-Control': 'must-revalidate,no-cache,no-store', 'Content-Type': 'application/json' })
    .end(text);
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
