import 'server-only';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecure, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real server that answers as a Controller was recorded to (recordings 01, 03, 09), for tests. Each address can be answered otherwise. */
export type Handler = (req: IncomingMessage, res: ServerResponse, body: string) => void;
export interface Double {
  readonly url: string;
  readonly port: number;
  /** Method and address of every request, in order. */
  readonly seen: string[];
  /** Answers by path without query; later entries win. */
  readonly answers: Record<string, Handler>;
  close(): Promise<void>;
}

export const json =
  (value: unknown, status = 200): Handler =>
  (_req, res) => {
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
export const text =
  (value: string, status: number, contentType = 'text/plain; charset=UTF-8'): Handler =>
  (_req, res) => {
    res.writeHead(status, { 'content-type': contentType }).end(value);
  };
export const problemAnswer = (code: string, status: number): Handler =>
  json({ TYPE: 'Problem', code, message: `${code} as recorded` }, status);

export const OVERVIEW = {
  id: 'Controller',
  version: '2.9.1',
  buildId: '2.9.1',
  initiallyStartedAt: 1795476436078,
  startedAt: 1795476432134,
  totalRunningTime: 3.376,
  orderCount: 0,
  java: { version: '17.0.15+6' },
};
export const JOURNAL_INFO = { lastEventId: 1795476437782001, tornEventId: 0, journalFiles: [{ fileEventId: 0, position: 707 }] };
export const NODE_STATE = { eventId: 1795476437782001, nodeId: 'Primary', isBackup: false, clusterState: { TYPE: 'Empty' } };
export const HEADER =
  '{"TYPE":"JS7.Journal","typeName":"ControllerState","journalId":"eYNA5rePTv-AYmGjLp49GA","eventId":0,"generation":1,"version":"1"}';

export async function double(options?: ServerOptions): Promise<Double> {
  const answers: Record<string, Handler> = {
    '/controller/api': json(OVERVIEW),
    '/controller/api/journalInfo': json(JOURNAL_INFO),
    '/controller/api/cluster': json(NODE_STATE),
    '/controller/api/command': json({ TYPE: 'Accepted' }),
    '/controller/api/journal': text(`${HEADER}\n"-------SNAPSHOT-------"\n`, 200, 'application/x-ndjson'),
  };
  const seen: string[] = [];
  const handle = (req: IncomingMessage, res: ServerResponse) => {
    let body = '';
    req.on('data', (d) => {
      body += d;
    });
    req.on('end', () => {
      const path = (req.url ?? '').split('?', 1)[0] ?? '';
      seen.push(`${req.method} ${req.url}`);
      (answers[path] ?? text('404 Not Found\n', 404))(req, res, body);
    });
  };
  const server: Server = options ? createSecure(options, handle) : createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = (server.address() as AddressInfo).port;
  return {
    url: `${options ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    seen,
    answers,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export interface Keys {
  readonly cert: string;
  readonly key: string;
}
/** Self-signed keys, made with openssl. */
export function makeKeys(names: string, from = -1, days = 2): Keys {
  const dir = mkdtempSync(join(tmpdir(), 'handover-keys-'));
  try {
    const stamp = (d: number) => new Date(Date.now() + d * 86_400_000).toISOString().replace(/[-:T]/g, '').slice(0, 14) + 'Z';
    const at = (f: string) => join(dir, f);
    execFileSync(
      'openssl',
      [
        'req',
        '-new',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-keyout',
        at('k'),
        '-out',
        at('r'),
        '-subj',
        '/CN=test',
      ],
      { stdio: 'ignore' },
    );
    execFileSync('sh', [
      '-c',
      'printf "[x]\\nsubjectAltName=%s\\nbasicConstraints=critical,CA:TRUE\\n[ca]\\ndefault_ca=c\\n[c]\\ndatabase=%s/i\\nnew_certs_dir=%s\\nrand_serial=yes\\ndefault_md=sha256\\npolicy=p\\n[p]\\ncommonName=supplied\\n" "$1" "$2" "$2" > "$2/cnf" && : > "$2/i"',
      'sh',
      names,
      dir,
    ]);
    execFileSync(
      'openssl',
      [
        'ca',
        '-config',
        at('cnf'),
        '-selfsign',
        '-batch',
        '-notext',
        '-keyfile',
        at('k'),
        '-in',
        at('r'),
        '-out',
        at('c'),
        '-extensions',
        'x',
        '-startdate',
        stamp(from),
        '-enddate',
        stamp(from + days),
      ],
      { stdio: 'pipe' },
    );
    return { cert: readFileSync(at('c'), 'utf8'), key: readFileSync(at('k'), 'utf8') };
  } finally {
    rmSync(dir, { recursive: true });
  }
}
