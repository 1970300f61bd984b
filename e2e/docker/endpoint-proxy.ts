/**
 * A socket proxy that lets through only the Engine endpoints that docs/engine-endpoints.md lists, and refuses all else with 403, as the proxies do that
 * people put before their engines. What works through it needs no more than the list says.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';

export interface Endpoint {
  readonly method: string;
  /** As in the list, e.g. `/containers/{id}/json`. */
  readonly path: string;
  /** Heading of its table. */
  readonly group?: string;
}
export interface EndpointProxy {
  readonly socket: string;
  /** The listed endpoints that were used so far, as `METHOD /path`. */
  used(): readonly string[];
  /** What was refused so far, as `METHOD /path`. */
  refused(): readonly string[];
  close(): Promise<void>;
}

/** The rows of the list. Throws when there is none: a proxy without a list would prove nothing. */
export function listedEndpoints(): readonly Endpoint[] {
  const text = readFileSync(join(import.meta.dirname, '../../docs/engine-endpoints.md'), 'utf8');
  const rows = text.split(/^## /m).flatMap((part) => {
    const group = part.slice(0, part.indexOf('\n'));
    return [...part.matchAll(/^\| `([A-Z]+) (\/[^`]*)` \|/gm)].map((m) => ({ method: m[1] as string, path: m[2] as string, group }));
  });
  if (rows.length === 0) throw new Error('docs/engine-endpoints.md lists no endpoint');
  return rows;
}

/** Starts the proxy at `socket` before the engine at `engineSocket`. */
export async function startEndpointProxy(engineSocket: string, socket: string, endpoints = listedEndpoints()): Promise<EndpointProxy> {
  const rules = endpoints.map((e) => ({
    ...e,
    pattern: new RegExp(`^(/v\\d+\\.\\d+)?${e.path.replace('{name}', '.+').replace(/\{\w+\}/g, '[^/]+')}$`),
  }));
  const used = new Set<string>();
  const refused = new Set<string>();
  const allowed = (req: IncomingMessage): boolean => {
    const path = (req.url ?? '').split('?')[0] ?? '';
    const rule = rules.find((r) => r.method === req.method && r.pattern.test(path));
    if (rule) used.add(`${rule.method} ${rule.path}`);
    else refused.add(`${req.method} ${path}`);
    return rule !== undefined;
  };

  const server = createServer((req, res) => {
    if (!allowed(req)) return void res.writeHead(403, { 'content-type': 'text/plain' }).end('Forbidden');
    const onward = request({ socketPath: engineSocket, method: req.method, path: req.url, headers: req.headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      res.flushHeaders();
      answer.pipe(res);
    });
    onward.on('error', () => res.destroy());
    res.on('close', () => onward.destroy());
    req.pipe(onward);
  });
  server.on('upgrade', (req, client, head) => {
    if (!allowed(req)) return void client.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
    const engine = connect(engineSocket);
    const headers = req.rawHeaders.flatMap((h, i) => (i % 2 === 0 ? [`${h}: ${req.rawHeaders[i + 1]}`] : []));
    engine.write(`${req.method} ${req.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
    engine.write(head);
    engine.pipe(client).pipe(engine);
    const endBoth = () => {
      engine.destroy();
      client.destroy();
    };
    for (const end of [engine, client]) end.on('error', endBoth);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socket, resolve));
  return {
    socket,
    used: () => [...used].sort(),
    refused: () => [...refused].sort(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
