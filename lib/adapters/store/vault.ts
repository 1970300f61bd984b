import 'server-only';
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Seals secrets with AES-256-GCM. `place` (e.g. `cluster:pay`) is bound in: a sealed text moved to another row does not open. */
export interface Vault {
  seal(plain: string, place: string): string;
  /** Throws when the key is another one or the text was changed. */
  open(sealed: string, place: string): string;
  /** A key of its own for another purpose, hex: sessions are sealed with one. */
  derive(purpose: string): string;
  /** Tells two keys apart without telling anything about them. */
  readonly fingerprint: string;
}

const FORM = 'v1';

export function createVault(key: Uint8Array): Vault {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', key, new Uint8Array(), `handover/${purpose}`, 32));
  const sealing = derive('secrets');
  return {
    seal(plain, place) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealing, iv).setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return [FORM, iv.toString('base64url'), cipher.getAuthTag().toString('base64url'), body.toString('base64url')].join('.');
    },
    open(sealed, place) {
      const [form, iv = '', tag = '', body = ''] = sealed.split('.');
      if (form !== FORM) throw new Error('unknown form of a sealed text');
      const decipher = createDecipheriv('aes-256-gcm', sealing, Buffer.from(iv, 'base64url'), { authTagLength: 16 }).setAAD(
        Buffer.from(place),
      );
      decipher.setAuthTag(Buffer.from(tag, 'base64url'));
      return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8');
    },
    derive: (purpose) => derive(purpose).toString('hex'),
    fingerprint: createHmac('sha256', derive('fingerprint')).update('handover').digest('hex').slice(0, 16),
  };
}
