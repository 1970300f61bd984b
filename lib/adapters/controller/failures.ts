import 'server-only';
import { type ErrorCode, type Problem, problem } from '../../domain/errors';
import { type Failure, failureCode } from '../http/failure-code';

/** Where something failed, for the message. `url` is an origin: it never holds a name or password. */
export interface Where {
  readonly url: string;
  readonly hasClientCertificate: boolean;
}

interface Known {
  readonly code: ErrorCode;
  readonly says: (w: Where, e: Failure) => string;
  readonly remedy?: string;
}

const hostOf = (w: Where) => new URL(w.url).hostname;
const trust = 'Give the CA (or the server’s own certificate) with the access to this Controller.';
const onHost = 'Check that the container runs, that its port is published and that the address is right as seen from Handover.';

const certificate = (says: Known['says'], remedy = trust): Known => ({ code: 'CONTROLLER_CERTIFICATE', says, remedy });
const gone: Known = {
  code: 'CONTROLLER_UNREACHABLE',
  says: (w) => `${w.url} closed the connection before it answered.`,
  remedy: 'If the Controller is starting or stopping this passes by itself.',
};
const slow: Known = { code: 'CONTROLLER_TIMEOUT', says: (w) => `${w.url} did not answer in time.`, remedy: onHost };

/** Codes of Node, OpenSSL and undici. What is not listed is CONTROLLER_UNREACHABLE with the original words. */
const KNOWN: Readonly<Record<string, Known>> = {
  ENOTFOUND: {
    code: 'CONTROLLER_UNKNOWN_HOST',
    says: (w) => `The name ${hostOf(w)} is not known here.`,
    remedy:
      'A stopped container has no name in Docker’s DNS, and such names are known inside its networks only: use an address that Handover reaches, for example the host and the published port.',
  },
  EAI_AGAIN: {
    code: 'CONTROLLER_UNKNOWN_HOST',
    says: (w) => `The name ${hostOf(w)} could not be looked up: the name server does not answer.`,
    remedy: 'Check the name server, or use an IP address.',
  },
  ECONNREFUSED: { code: 'CONTROLLER_UNREACHABLE', says: (w) => `Nothing listens at ${w.url}: the connection was refused.`, remedy: onHost },
  EHOSTUNREACH: { code: 'CONTROLLER_UNREACHABLE', says: (w) => `There is no way to the host of ${w.url}.`, remedy: onHost },
  ENETUNREACH: { code: 'CONTROLLER_UNREACHABLE', says: (w) => `There is no way to the network of ${w.url}.`, remedy: onHost },
  ECONNRESET: gone,
  EPIPE: gone,
  UND_ERR_SOCKET: gone,
  UND_ERR_CLOSED: gone,
  UND_ERR_DESTROYED: gone,
  ETIMEDOUT: slow,
  UND_ERR_CONNECT_TIMEOUT: { ...slow, says: (w) => `No connection to ${w.url} could be made in time.` },
  UND_ERR_HEADERS_TIMEOUT: slow,
  UND_ERR_BODY_TIMEOUT: slow,
  ABORT_TIMEOUT: slow,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: { code: 'CONTROLLER_ANSWER_ODD', says: (w) => `The answer of ${w.url} was cut off.` },
  CUT_ANSWER: {
    code: 'CONTROLLER_ANSWER_ODD',
    says: (w) => `The answer of ${w.url} was cut off.`,
    remedy: 'If it stays so, look at proxies between Handover and the Controller.',
  },
  ANSWER_TOO_BIG: { code: 'NOT_A_CONTROLLER', says: (w) => `The answer of ${w.url} is far bigger than a Controller’s.` },

  ERR_SSL_WRONG_VERSION_NUMBER: {
    code: 'CONTROLLER_HTTPS_ON_HTTP',
    says: (w) => `The address says HTTPS, but what listens at ${w.url} does not speak TLS.`,
    remedy: 'Write http:// instead of https://, or use the HTTPS port.',
  },
  ERR_SSL_PACKET_LENGTH_TOO_LONG: {
    code: 'CONTROLLER_HTTPS_ON_HTTP',
    says: (w) => `The address says HTTPS, but what listens at ${w.url} does not speak TLS.`,
    remedy: 'Write http:// instead of https://, or use the HTTPS port.',
  },
  TLS_ON_PLAIN: {
    code: 'CONTROLLER_HTTP_ON_HTTPS',
    says: (w) => `The address says HTTP, but ${w.url} speaks TLS.`,
    remedy: 'Write https:// instead of http://, or use the HTTP port.',
  },

  CERT_HAS_EXPIRED: certificate(
    (w) => `The certificate of ${w.url} has expired.`,
    'Renew the certificate of the Controller. It reads a changed keystore by itself.',
  ),
  CERT_NOT_YET_VALID: certificate((w) => `The certificate of ${w.url} is not valid yet.`, 'Compare the clocks of both hosts.'),
  CERT_REVOKED: certificate((w) => `The certificate of ${w.url} is revoked.`, 'Renew the certificate of the Controller.'),
  ERR_TLS_CERT_ALTNAME_INVALID: certificate(
    (w, e) => `The certificate of ${w.url} is for another name. ${sentence(e.reason)}`,
    'Use the name in the certificate as the address, or give the Controller a certificate for this name.',
  ),
  DEPTH_ZERO_SELF_SIGNED_CERT: certificate(
    (w) => `The certificate of ${w.url} is signed by itself, and Handover was not told to trust it.`,
  ),
  SELF_SIGNED_CERT_IN_CHAIN: certificate((w) => `The certificate of ${w.url} comes from a CA that Handover was not told to trust.`),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate((w) => `The certificate of ${w.url} comes from a CA that Handover was not told to trust.`),
  UNABLE_TO_GET_ISSUER_CERT: certificate((w) => `The certificate of ${w.url} comes from a CA that Handover was not told to trust.`),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificate((w) => `The certificate of ${w.url} comes from a CA that Handover was not told to trust.`),
  CERT_UNTRUSTED: certificate((w) => `The certificate of ${w.url} is not trusted.`),

  WANTS_CLIENT_CERTIFICATE: {
    code: 'CONTROLLER_CLIENT_CERTIFICATE',
    says: (w) => `${w.url} wants a client certificate${w.hasClientCertificate ? ' and does not take the one given' : ''}.`,
    remedy:
      'Give a client certificate (with its key) that the Controller’s truststore trusts, or switch js7.web.server.auth.https-client-authentication off there.',
  },
  BROKEN_KEYS: {
    code: 'CONTROLLER_CERTIFICATE',
    says: () => 'The CA, the client certificate or its key as stored cannot be read.',
    remedy: 'Give them again, in PEM form; the key without a passphrase and fitting the certificate.',
  },
};

const sentence = (s: string | undefined) => (s ? `${s.trim().replace(/\.$/, '')}.` : '');
/** Says what a failed request means. `as` overrides the code after a diagnosis (diagnose.ts). */
export function failureProblem(error: unknown, where: Where, as = failureCode(error)): Problem {
  const e = (error ?? {}) as Failure;
  const detail = String(e.message ?? error).slice(0, 2000);
  if (as === 'NOT_HTTP')
    return problem('NOT_A_CONTROLLER', `What listens at ${where.url} does not speak HTTP.`, { remedy: 'Check the port.', detail });
  const known = KNOWN[as];
  if (!known) return problem('CONTROLLER_UNREACHABLE', `${where.url} could not be asked.`, { remedy: onHost, detail });
  return problem(known.code, known.says(where, e), { ...(known.remedy !== undefined && { remedy: known.remedy }), detail });
}
