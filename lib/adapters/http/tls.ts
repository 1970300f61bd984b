import 'server-only';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

/** PEM texts. */
export interface Keys {
  readonly ca?: string;
  readonly clientCert?: string;
  readonly clientKey?: string;
}

/**
 * TLS options for one access: its CA is trusted beside the well-known ones; no peer shares keys with another. Throws what OpenSSL
 * says where a certificate or key cannot be read. A context costs megabytes with its roots, so equal settings share one.
 */
export function tlsOptions(access: Keys): { readonly secureContext?: SecureContext } {
  const { ca, clientCert, clientKey } = access;
  if (ca === undefined && clientCert === undefined) return {};
  const key = JSON.stringify([ca, clientCert, clientKey]);
  const known = contexts.get(key)?.deref();
  if (known) return { secureContext: known };
  const secureContext = createSecureContext({
    ...(ca !== undefined && { ca: [...rootCertificates, ca] }),
    ...(clientCert !== undefined && { cert: clientCert }),
    ...(clientKey !== undefined && { key: clientKey }),
  });
  contexts.set(key, new WeakRef(secureContext));
  return { secureContext };
}
const contexts = new Map<string, WeakRef<SecureContext>>();
