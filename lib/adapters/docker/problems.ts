import 'server-only';
import { type ErrorCode, type Problem, problem } from '../../domain/errors';
import type { Transport } from './transport';

/** The engine did not answer within the limit of the call. */
export class TimeLimit extends Error {
  constructor(readonly ms: number) {
    super(`no answer within ${ms} ms`);
  }
}
/** A failure that is already explained; thrown inside a call to leave it. */
export class Explained extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

interface Thrown {
  readonly code?: string;
  readonly statusCode?: number;
  readonly message?: string;
  readonly json?: unknown;
}

/** Status dockerode reports; undefined where the failure is not an HTTP answer. */
export const statusOf = (e: unknown): number | undefined => (e as Thrown | null)?.statusCode;

/** The engine's own words in a failure. */
export function wordsOf(e: unknown): string {
  const { json, message } = (e ?? {}) as Thrown;
  const said =
    json !== null && typeof json === 'object' && 'message' in json ? json.message : Buffer.isBuffer(json) ? json.toString() : undefined;
  return String(said ?? message ?? e).slice(0, 2000);
}

const CERTIFICATE = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_|ERR_SSL_|ERR_OSSL_|EPROTO)/;

type Explanation = readonly [code: ErrorCode, message: string, remedy: string];

/** What a failed call means to an admin. `doing` completes "… while", e.g. `listing containers`. */
export function engineProblem(e: unknown, engine: { name: string; transport: Transport }, doing: string): Problem {
  if (e instanceof Explained) return e.problem;
  const where = `Docker Engine "${engine.name}" (${engine.transport.text})`;
  const [code, message, remedy] = explain(e, where, engine.transport, doing);
  return problem(code, message, { remedy, detail: wordsOf(e) });
}

function explain(e: unknown, where: string, transport: Transport, doing: string): Explanation {
  if (e instanceof TimeLimit)
    return [
      'ENGINE_TIMEOUT',
      `${where} did not answer within ${e.ms / 1000} s while ${doing}.`,
      'Look at the load of its machine and at the log of dockerd; a firewall that drops packets looks the same.',
    ];
  const status = statusOf(e);
  if (status !== undefined) return byStatus(status, e, where, doing);
  return byErrorCode((e as Thrown | null)?.code ?? '', where, transport, doing);
}

function byStatus(status: number, e: unknown, where: string, doing: string): Explanation {
  const words = wordsOf(e);
  if (/no space left on device|disk quota exceeded/i.test(words))
    return ['DISK_FULL', `No space is left on the volume: ${where} could not finish ${doing}.`, 'Free some space, or enlarge the volume.'];
  if (/read-only/i.test(words))
    return ['READ_ONLY', `The volume is read-only: ${where} refused ${doing}.`, 'Mount the volume writable in the container.'];
  if (status === 401 || status === 403)
    return [
      'ENGINE_FORBIDDEN',
      `${where} refuses ${doing} (HTTP ${status}).`,
      'If a socket proxy or an authorisation plugin stands in front of the engine, allow the endpoints listed in docs/engine-endpoints.md.',
    ];
  if (/^\s*(<!doctype|<html)/i.test(words))
    return [
      'ENGINE_NOT_DOCKER',
      `${where} answered ${doing} with a web page (HTTP ${status}).`,
      'Check the address: a proxy may stand in between.',
    ];
  return ['ENGINE_ERROR', `${where} reported an error while ${doing} (HTTP ${status}).`, 'The detail holds the words of the engine.'];
}

function byErrorCode(code: string, where: string, transport: Transport, doing: string): Explanation {
  const socket = transport.kind === 'socket';
  switch (code) {
    case 'ENOENT':
      return [
        'ENGINE_UNREACHABLE',
        `${where}: there is no such socket.`,
        'Check the path and whether Docker runs. A rootless Docker has its socket in $XDG_RUNTIME_DIR/docker.sock.',
      ];
    case 'ECONNREFUSED':
    case 'ENOTSOCK':
      return [
        'ENGINE_UNREACHABLE',
        `${where}: nobody listens there.`,
        socket ? 'Start Docker (systemctl start docker).' : 'Check host and port, and that dockerd listens on TCP.',
      ];
    case 'EACCES':
    case 'EPERM':
      return [
        'ENGINE_FORBIDDEN',
        `${where}: Handover's account may not open the socket.`,
        'Add the account to the group that owns the socket (usually "docker") and start Handover again. Access to this socket is as good as root on that machine.',
      ];
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return [
        'ENGINE_UNREACHABLE',
        `${where}: the host name is not known.`,
        'Check the spelling, and that the name resolves where Handover runs.',
      ];
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return ['ENGINE_UNREACHABLE', `${where}: there is no way to that host.`, 'Check network and firewall.'];
    case 'TLS_REFUSED':
      return [
        'ENGINE_TLS',
        `${where} closed the connection right after the TLS handshake.`,
        'Most likely it does not accept the client certificate: it must be signed by the CA that dockerd was given with --tlscacert.',
      ];
    case 'SSH_LOGIN':
      return [
        'ENGINE_FORBIDDEN',
        `${where}: the ssh login was refused.`,
        'Check user and private key, and that the public key is in authorized_keys there.',
      ];
    case 'SSH_HOST_KEY':
      return [
        'ENGINE_FORBIDDEN',
        `${where}: the host shows another ssh key than the known one. Nothing was sent to it.`,
        'Find out why. If the host was reinstalled, enter its new fingerprint.',
      ];
    case 'SSH_DIAL':
      return [
        'ENGINE_FORBIDDEN',
        `${where}: the ssh login worked, but Docker cannot be used there.`,
        'The account needs the docker command line and access to its socket: try "ssh … docker version".',
      ];
    case 'ECONNRESET':
    case 'EPIPE':
    case 'SSH_FAILED':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return ['ENGINE_UNREACHABLE', `${where}: the connection was lost while ${doing}.`, 'If this lasts, look at the log of dockerd.'];
  }
  if (/^HPE_|^ERR_HTTP/.test(code))
    return [
      'ENGINE_NOT_DOCKER',
      `${where} answers, but not in HTTP.`,
      'Check host, port and kind of the address: this may be another service, or a TLS port.',
    ];
  if (/^ERR_OSSL_(PEM|ASN1|X509|EVP|UNSUPPORTED)/.test(code))
    return [
      'ENGINE_TLS',
      `${where}: the CA, the certificate or the key given for it cannot be read.`,
      'Each must be complete PEM text, and the key must belong to the certificate and carry no pass phrase.',
    ];
  if (CERTIFICATE.test(code))
    return [
      'ENGINE_TLS',
      `${where}: the TLS connection failed (${code}).`,
      'Check the CA, that the server certificate names this host and is valid today, and that the client certificate is signed by the CA dockerd trusts.',
    ];
  return ['ENGINE_UNREACHABLE', `${where} could not be used while ${doing}.`, 'The detail holds the original words.'];
}
