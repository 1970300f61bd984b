import 'server-only';
import { type ErrorCode, type Problem, problem } from '../../domain/errors';
import { type Failure, failureCode } from '../http/failure-code';

interface Known {
  readonly code: ErrorCode;
  readonly says: (url: string, e: Failure) => string;
  readonly remedy?: string;
}
const host = (url: string) => new URL(url).hostname;
const there = 'Check that JOC Cockpit runs and that host and port are right as seen from Handover.';
const trust = 'Give the CA (or JOC Cockpit’s own certificate) with this connection.';
const tls = (says: Known['says'], remedy = trust): Known => ({ code: 'JOC_TLS', says, remedy });
const untrusted = tls((u) => `The certificate of ${u} comes from a CA that Handover was not told to trust.`);
const gone: Known = { code: 'JOC_UNREACHABLE', says: (u) => `${u} closed the connection before it answered.`, remedy: there };
const slow: Known = { code: 'JOC_TIMEOUT', says: (u) => `JOC Cockpit at ${u} did not answer in time.`, remedy: there };
const noTls = tls((u) => `The address says HTTPS, but what listens at ${u} does not speak TLS.`, 'Write http:// instead of https://.');

/** Codes of Node, OpenSSL and undici. What is not listed is JOC_UNREACHABLE with the original words. */
const KNOWN: Readonly<Record<string, Known>> = {
  ENOTFOUND: {
    code: 'JOC_UNREACHABLE',
    says: (u) => `The name ${host(u)} is not known here.`,
    remedy: 'Names of containers are known inside their networks only: use an address that Handover reaches.',
  },
  EAI_AGAIN: { code: 'JOC_UNREACHABLE', says: (u) => `The name ${host(u)} could not be looked up.`, remedy: 'Check the name server.' },
  ECONNREFUSED: { code: 'JOC_UNREACHABLE', says: (u) => `Nothing listens at ${u}: the connection was refused.`, remedy: there },
  ECONNRESET: gone,
  EPIPE: gone,
  UND_ERR_SOCKET: gone,
  UND_ERR_CLOSED: gone,
  UND_ERR_DESTROYED: gone,
  ETIMEDOUT: slow,
  UND_ERR_CONNECT_TIMEOUT: slow,
  UND_ERR_HEADERS_TIMEOUT: slow,
  UND_ERR_BODY_TIMEOUT: slow,
  ABORT_TIMEOUT: slow,
  ANSWER_TOO_BIG: { code: 'NOT_A_JOC', says: (u) => `The answer of ${u} is far bigger than one of JOC Cockpit.` },
  NOT_HTTP: { code: 'NOT_A_JOC', says: (u) => `What listens at ${u} does not speak HTTP.`, remedy: 'Check the port.' },
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
  TLS_ON_PLAIN: tls((u) => `The address says HTTP, but ${u} speaks TLS.`, 'Write https:// instead of http://.'),
  CERT_HAS_EXPIRED: tls((u) => `The certificate of ${u} has expired.`, 'Renew it there.'),
  CERT_NOT_YET_VALID: tls((u) => `The certificate of ${u} is not valid yet.`, 'Compare the clocks of both hosts.'),
  ERR_TLS_CERT_ALTNAME_INVALID: tls(
    (u, e) => `The certificate of ${u} is for another name. ${(e.reason ?? '').trim()}`.trim(),
    'Use the name in the certificate as the address.',
  ),
  DEPTH_ZERO_SELF_SIGNED_CERT: tls((u) => `The certificate of ${u} is signed by itself, and Handover was not told to trust it.`),
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_UNTRUSTED: untrusted,
  WANTS_CLIENT_CERTIFICATE: tls(
    (u) => `${u} wants a client certificate that it trusts.`,
    'Give a client certificate (with its key) with this connection.',
  ),
  BROKEN_KEYS: tls(
    () => 'The CA, the client certificate or its key cannot be read.',
    'Give them again, in PEM form; the key without a passphrase and fitting the certificate.',
  ),
};

/** Says what a request without a whole answer means. `as` overrides the code after a diagnosis. */
export function failureProblem(error: unknown, url: string, as = failureCode(error)): Problem {
  const e = (error ?? {}) as Failure;
  const detail = String(e.message ?? error).slice(0, 2000);
  const known = KNOWN[as];
  if (!known) return problem('JOC_UNREACHABLE', `JOC Cockpit at ${url} could not be asked.`, { remedy: there, detail });
  return problem(known.code, known.says(url, e), { ...(known.remedy !== undefined && { remedy: known.remedy }), detail });
}
