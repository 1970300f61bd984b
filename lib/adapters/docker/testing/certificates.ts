import 'server-only';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Signed {
  readonly cert: string;
  readonly key: string;
}
export interface Authority {
  readonly ca: string;
  /** A certificate for 127.0.0.1, for a server and for a client. */
  sign(name: string): Signed;
}

/** A certificate authority for a test, made with the program openssl. */
export function authority(): Authority {
  return inFolder((at, openssl) => {
    openssl('req', '-x509', ...NEW_KEY, '-keyout', at('ca.key'), '-out', at('ca.pem'), '-subj', '/CN=test ca', '-days', '2');
    const [ca, caKey] = [read(at('ca.pem')), read(at('ca.key'))];
    return { ca, sign: (name) => sign(ca, caKey, name) };
  });
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const read = (path: string) => readFileSync(path, 'utf8');

function sign(ca: string, caKey: string, name: string): Signed {
  return inFolder((at, openssl) => {
    writeFileSync(at('ca.pem'), ca);
    writeFileSync(at('ca.key'), caKey);
    writeFileSync(at('ext'), 'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n');
    openssl('req', '-new', ...NEW_KEY, '-keyout', at('key'), '-out', at('csr'), '-subj', `/CN=${name}`);
    openssl(
      'x509',
      '-req',
      '-in',
      at('csr'),
      '-CA',
      at('ca.pem'),
      '-CAkey',
      at('ca.key'),
      '-CAcreateserial',
      '-out',
      at('cert'),
      '-days',
      '2',
      '-extfile',
      at('ext'),
    );
    return { cert: read(at('cert')), key: read(at('key')) };
  });
}

function inFolder<T>(work: (at: (file: string) => string, openssl: (...args: string[]) => void) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'handover-ca-'));
  try {
    return work(
      (file) => join(folder, file),
      (...args) => void execFileSync('openssl', args, { stdio: 'pipe' }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
