/** Certificates to trust: PEM files. PKCS#12 truststores are read by the `openssl` program, which Node has no equivalent for. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import type { StoreSettings } from '../config/https-settings';

export function certificatesOf({ file, storePassword }: StoreSettings): string[] {
  const bytes = fs.readFileSync(file);
  const text = bytes.includes('-----BEGIN') ? bytes.toString('latin1') : readPkcs12(file, storePassword);
  return text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
}

function readPkcs12(file: string, password: string): string {
  const args = ['pkcs12', '-in', file, '-nokeys', '-passin', 'env:STORE_PASSWORD'];
  return execFileSync('openssl', args, {
    encoding: 'utf8',
    env: { ...process.env, STORE_PASSWORD: password },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
