/** `js7.auth.users`: passwords in the schemes the real one takes, permissions, distinguished names (controller-api 4.2, recording 09). */
import { createHash } from 'node:crypto';
import { Config } from '../../shared/hocon';

const PERMISSIONS = ['UpdateItem', 'AgentDirectorForward', 'ReadMetrics', 'ReadInternals'] as const;

export interface User {
  readonly id: string;
  readonly permissions: ReadonlySet<string>;
  readonly distinguishedNames: readonly string[];
  matches(password: string): boolean;
}

export function readUsers(config: Config): { users: Map<string, User>; errors: string[] } {
  const users = new Map<string, User>();
  const errors: string[] = [];
  for (const [id, entry] of config.entries('js7.auth.users')) {
    const object = typeof entry === 'object' && entry !== null ? new Config(entry) : undefined;
    const encoded = object ? object.string('password') : String(entry);
    const matches = matcher(encoded);
    if (!matches) {
      errors.push(`Missing or invalid password encoding scheme for User:${id}`);
      continue;
    }
    const permissions = new Set(object?.strings('permissions').filter((p) => (PERMISSIONS as readonly string[]).includes(p)) ?? []);
    const names = object?.get('distinguished-names');
    users.set(id, { id, permissions, distinguishedNames: Array.isArray(names) ? names.map(String) : [], matches });
  }
  return { users, errors };
}

/** `plain:`, `sha512:` (hex of either case) or the empty string; no password: certificate login only. Anything else makes the user unusable. */
function matcher(encoded: string | undefined): ((password: string) => boolean) | undefined {
  if (encoded === undefined) return () => false;
  if (encoded === '') return (password) => password === '';
  if (encoded.startsWith('plain:')) return (password) => password === encoded.slice('plain:'.length);
  if (!encoded.startsWith('sha512:')) return undefined;
  const hex = encoded.slice('sha512:'.length).toLowerCase();
  return (password) => createHash('sha512').update(password, 'utf8').digest('hex') === hex;
}
