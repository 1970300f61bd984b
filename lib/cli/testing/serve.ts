/** Serves route modules by their addresses, as Next does for programs. Bundled with all routes by server.ts. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { NextRequest } from 'next/server';
import { startProcess } from '../../server/process';

type Handler = (request: NextRequest, context: { params: Promise<unknown> }) => Promise<Response>;
/** `/api/runs/[id]` and what its file exports. */
export type Served = readonly (readonly [address: string, module: Readonly<Record<string, unknown>>])[];

export async function serve(all: Served): Promise<void> {
  // Fixed words before parameters, as Next takes them.
  const routes = [...all].sort(([a], [b]) => a.split('[').length - b.split('[').length);
  const server = createServer((request, response) => {
    void answer(routes, request, response).catch((e: unknown) => {
      process.stderr.write(`${e instanceof Error ? e.stack : e}\n`);
      response.writeHead(500).end();
    });
  });
  // A free port is taken before the runtime starts, for it writes its own address down.
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  process.env.PORT = String((server.address() as AddressInfo).port);
  await startProcess();
}

async function answer(routes: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  const method = request.method ?? 'GET';
  for (const [address, module] of routes) {
    const params = match(address.split('/'), url.pathname.split('/'));
    const handler = params && (module[method] as Handler | undefined);
    if (!handler) continue;
    const body = method === 'GET' ? {} : { body: Readable.toWeb(request) as ReadableStream<Uint8Array>, duplex: 'half' as const };
    const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]);
    const given = await handler(new NextRequest(url, { method, headers, ...body }), { params: Promise.resolve(params) });
    response.writeHead(given.status, Object.fromEntries(given.headers));
    for await (const chunk of given.body ?? []) response.write(chunk);
    response.end();
    return;
  }
  response.writeHead(404).end();
}

function match(wanted: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, word] of wanted.entries()) {
    const name = /^\[(\w+)\]$/.exec(word)?.[1];
    if (name !== undefined) params[name] = decodeURIComponent(given[i] ?? '');
    else if (word !== given[i]) return undefined;
  }
  return params;
}
