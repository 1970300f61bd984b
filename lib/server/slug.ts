import 'server-only';

/** An id for a name, e.g. `payments-production-2`: letters a-z, digits and hyphens; another number where it is taken. */
export function newSlug(name: string, isTaken: (id: string) => boolean): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  const base = plain || 'x';
  // "new" and "test" are addresses of our own.
  for (let n = ['new', 'test'].includes(base) ? 2 : 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!isTaken(id)) return id;
  }
}
