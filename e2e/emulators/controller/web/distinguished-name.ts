/** Subject names of client certificates, compared as X.500 names: order of attributes counts, blanks and the case of attribute names do not. */
import type { TLSSocket } from 'node:tls';

/** `CN=client, O=example`, as Java shows it; the innermost attribute first, as in the users' configuration. */
export function subjectOf(socket: TLSSocket): string {
  const subject = socket.getPeerCertificate()?.subject as unknown as Record<string, string | string[]> | undefined;
  if (!subject) return '';
  const parts = Object.entries(subject).flatMap(([key, value]) => (Array.isArray(value) ? value : [value]).map((v) => `${key}=${v}`));
  // Node tells them as they are encoded, the outermost first.
  return parts.toReversed().join(', ');
}

export function sameDistinguishedName(a: string, b: string): boolean {
  const [left, right] = [normal(a), normal(b)];
  return left.join() === right.join() || left.toReversed().join() === right.join();
}

function normal(name: string): string[] {
  return name
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const at = part.indexOf('=');
      return `${part.slice(0, at).trim().toUpperCase()}=${part
        .slice(at + 1)
        .trim()
        .toLowerCase()}`;
    });
}
