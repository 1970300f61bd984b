import 'server-only';
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's scrypt setting with 16 MiB: N=2^14, r=8, p=5. About 150 ms each. */
const NOW = { N: 2 ** 14, r: 8, p: 5 } as const;

const derive = (password: string, salt: Buffer, bytes: number, o: ScryptOptions) =>
  new Promise<Buffer>((done, fail) =>
    scrypt(password.normalize('NFKC'), salt, bytes, { ...o, maxmem: 64 * 1024 * 1024 }, (e, key) => (e ? fail(e) : done(key))),
  );

/** `scrypt$N$r$p$salt$hash`: with its parameters, so that they can grow. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, 32, NOW);
  return ['scrypt', NOW.N, NOW.r, NOW.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Where there is no such account the same work is done, so that the time does not tell. */
const NOBODY = `scrypt$${NOW.N}$${NOW.r}$${NOW.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [kind, N, r, p, salt = '', hash = ''] = (stored ?? NOBODY).split('$');
  if (kind !== 'scrypt') return false;
  const expected = Buffer.from(hash, 'base64url');
  const actual = await derive(password, Buffer.from(salt, 'base64url'), expected.length, { N: Number(N), r: Number(r), p: Number(p) });
  return timingSafeEqual(actual, expected) && stored !== undefined;
}
