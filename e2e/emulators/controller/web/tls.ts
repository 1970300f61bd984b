/** TLS of the HTTPS ports: keystore, truststores, demand for client certificates (controller-api 4.4, recording 10). */
import fs from 'node:fs';
import tls, { type TlsOptions } from 'node:tls';
import type { HttpsSettings, StoreSettings } from '../config/https-settings';
import { certificatesOf } from './trust-store';

export function tlsOptions(settings: HttpsSettings): TlsOptions {
  const identity = readIdentity(settings.keystore);
  // A broken keystore must be found out now, not at the first handshake (recording 10: exit 1).
  tls.createSecureContext(identity);
  return {
    ...identity,
    ca: settings.truststores.flatMap(certificatesOf),
    requestCert: settings.clientAuthentication,
    rejectUnauthorized: settings.clientAuthentication,
  };
}

function readIdentity({ file, storePassword }: StoreSettings): TlsOptions {
  const bytes = fs.readFileSync(file);
  const isPem = bytes.includes('-----BEGIN');
  return isPem ? { key: bytes, cert: bytes, passphrase: storePassword } : { pfx: bytes, passphrase: storePassword };
}

/** As a client of the peer: its own client keystore, or else the server's (controller-api 4.4). */
export function clientTls(settings: HttpsSettings): TlsOptions {
  const store = settings.clientKeystore ?? settings.keystore;
  return { ...(fs.existsSync(store.file) ? readIdentity(store) : {}), ca: settings.truststores.flatMap(certificatesOf) };
}
