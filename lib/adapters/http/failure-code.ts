import 'server-only';

/** What Node, OpenSSL and undici throw, as far as we look at it. */
export interface Failure {
  readonly code?: string;
  readonly name?: string;
  readonly message?: string;
  readonly reason?: string;
  readonly cause?: unknown;
  readonly data?: unknown;
}

/** Alerts by which a TLS peer refuses our (missing) certificate: 40, 42, 46, 48, 116 (RFC 8446 section 6). */
const refusesOurCertificate =
  /ALERT_(HANDSHAKE_FAILURE|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|UNKNOWN_CA|CERTIFICATE_REQUIRED)|CERTIFICATE_REQUIRED/;

/** One code for a failed request: of the error, or of what caused it; our own are ABORT_TIMEOUT, WANTS_CLIENT_CERTIFICATE, TLS_ON_PLAIN and NOT_HTTP. */
export function failureCode(error: unknown): string {
  const e = error as Failure | undefined;
  const code = e?.code ?? (e?.cause as Failure | undefined)?.code ?? '';
  if (e?.name === 'TimeoutError') return 'ABORT_TIMEOUT';
  if (refusesOurCertificate.test(code)) return 'WANTS_CLIENT_CERTIFICATE';
  // A TLS record (alert 0x15, handshake 0x16) where a status line should be.
  if (e?.name === 'HTTPParserError')
    return ['\u0015\u0003', '\u0016\u0003'].includes(String(e.data ?? '').slice(0, 2)) ? 'TLS_ON_PLAIN' : 'NOT_HTTP';
  return code;
}
