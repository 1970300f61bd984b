import { api, must } from './api';
import { type Cookie, cookieOf, type Server } from './server.mjs';

export interface Account {
  readonly name: string;
  readonly password: string;
  readonly role: 'viewer' | 'operator' | 'admin';
  /** Of a session that is open already. */
  readonly cookie: Cookie;
}
let n = 0;

/** Made by the admin, and logged in. */
export async function addAccount(server: Server, admin: Cookie, role: Account['role']): Promise<Account> {
  const [name, password] = [`${role}-${process.pid}-${++n}`, `the password of number ${n}`];
  await must(server, admin, 'POST', '/api/accounts', { name, role, password });
  return { name, password, role, cookie: await signIn(server, name, password) };
}

/** Opens a session without a browser. */
async function signIn(server: Pick<Server, 'url'>, name: string, password: string): Promise<Cookie> {
  const answer = await api(server, undefined, 'POST', '/api/session', { name, password });
  if (!answer.ok) throw new Error(`${name} could not log in: ${answer.status} ${await answer.text()}`);
  return cookieOf(answer);
}

/** Also where the test has removed it itself. */
export async function removeAccount(server: Server, admin: Cookie, name: string): Promise<void> {
  await api(server, admin, 'DELETE', `/api/accounts/${encodeURIComponent(name)}`);
}
