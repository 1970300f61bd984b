import 'server-only';
import { connect as connectPlain } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { failureCode } from './failure-code';

const LIMIT_MS = 1500;
const AMBIGUOUS = new Set(['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE']);

/**
 * A peer that closes at once may do so because the other protocol was meant, or because it wants a client certificate (TLS 1.3 tells that only after the
 * handshake, and some servers close without an alert). One extra connection finds out; `path` is asked on it. Returns a code of failure-code.ts, or undefined: nothing new.
 */
export async function diagnose(error: unknown, url: URL, path = '/'): Promise<string | undefined> {
  if (!AMBIGUOUS.has(failureCode(error))) return undefined;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  if (url.protocol === 'http:') return (await speaksTls(host, port)) ? 'TLS_ON_PLAIN' : undefined;
  // Under TLS 1.2 a missing client certificate breaks the handshake itself, with an alert. Who wants one and closes did not like ours.
  const outcome = await handshake({ host, port, maxVersion: 'TLSv1.2', rejectUnauthorized: false });
  if (outcome instanceof Error && failureCode(outcome) === 'WANTS_CLIENT_CERTIFICATE') return 'WANTS_CLIENT_CERTIFICATE';
  if (outcome === 'answers') return undefined;
  return (await speaksHttp(host, port, path)) ? 'ERR_SSL_WRONG_VERSION_NUMBER' : undefined;
}

/** Whether the peer takes part in a handshake: it succeeds, or the peer refuses with a TLS alert of its own. */
async function speaksTls(host: string, port: number): Promise<boolean> {
  const outcome = await handshake({ host, port, rejectUnauthorized: false });
  return outcome === 'answers' || /alert/i.test(outcome?.message ?? '');
}

/** An Error is a refusal during the handshake, undefined silence or a silent end. */
function handshake(options: ConnectionOptions): Promise<'answers' | Error | undefined> {
  return new Promise((resolve) => {
    const socket = connectTls(options);
    const end = (outcome: 'answers' | Error | undefined) => {
      socket.removeAllListeners();
      socket.on('error', () => {});
      socket.destroy();
      resolve(outcome);
    };
    socket.setTimeout(LIMIT_MS, () => end(undefined));
    socket.once('secureConnect', () => end('answers'));
    socket.once('error', end);
    socket.once('close', () => end(undefined));
  });
}

function speaksHttp(host: string, port: number, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectPlain({ host, port });
    const end = (answer: boolean) => {
      socket.removeAllListeners();
      socket.on('error', () => {});
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(LIMIT_MS, () => end(false));
    socket.once('connect', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nConnection: close\r\n\r\n`));
    socket.once('data', (d) => end(d.toString('latin1').startsWith('HTTP/')));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
  });
}
