/** Who asks, and may they (controller-api 4.1-4.4; recordings 09, 10). */
import type { TLSSocket } from 'node:tls';
import type { Settings } from '../config/settings';
import type { User } from '../config/users';
import { sameDistinguishedName, subjectOf } from './distinguished-name';
import type { Exchange } from './exchange';
import { Problem } from './problem';
import { Rejection } from './request-body';
import type { Sessions } from './sessions';

export interface Principal {
  readonly userId: string;
  readonly permissions: ReadonlySet<string> | 'all';
}

const ANONYMOUS = 'Anonymous';
const CHALLENGE = { 'WWW-Authenticate': 'Basic realm="JS7 JobScheduler Controller",charset=UTF-8' };
const missing = (): Rejection =>
  new Rejection(401, 'The resource requires authentication, which was not supplied with the request', CHALLENGE);
const failed = (): Rejection => new Rejection(401, 'Authentication is possible but has failed or not yet been provided.', CHALLENGE);
export const invalidLogin = (): Problem => new Problem('InvalidLogin', 'Login: unknown user or invalid password');
export const CHALLENGE_HEADER = CHALLENGE;

export class Gatekeeper {
  readonly #settings: Settings;
  readonly #sessions: Sessions;

  constructor(settings: Settings, sessions: Sessions) {
    this.#settings = settings;
    this.#sessions = sessions;
  }

  /** Rejected credentials are answered late, so that guessing takes time. */
  delay(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, this.#settings.auth.delayMs));
  }

  user(userId: string, password: string): User | undefined {
    const user = this.#settings.users.get(userId);
    return user?.matches(password) ? user : undefined;
  }

  /** Everybody may, on this port and with this method. */
  isPublic(exchange: Exchange): boolean {
    const { auth } = this.#settings;
    const reading = exchange.method === 'GET' || exchange.method === 'HEAD';
    return auth.public || (auth.loopbackIsPublic && exchange.loopback) || (auth.getIsPublic && reading);
  }

  /** The user of an Authorization header or client certificate, if any. Throws (late) when they are wrong. */
  async httpUser(exchange: Exchange): Promise<string | undefined> {
    const byCertificate = await this.#certificateUsers(exchange);
    const basic = /^Basic\s+(.+)$/i.exec(exchange.header('authorization') ?? '')?.[1];
    if (basic === undefined) return byCertificate?.length === 1 ? byCertificate[0] : undefined;
    const text = Buffer.from(basic, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    const user = this.user(text.slice(0, colon), text.slice(colon + 1));
    if (!user) {
      await this.delay();
      throw failed();
    }
    if (byCertificate && !byCertificate.includes(user.id)) {
      await this.delay();
      throw Problem.text('HTTP user does not match UserIds allowed by HTTPS client distinguished name', 403).with(CHALLENGE);
    }
    return user.id;
  }

  /** Users whose distinguished name the client's certificate carries; undefined when none was demanded. */
  async #certificateUsers(exchange: Exchange): Promise<readonly string[] | undefined> {
    const socket = exchange.request.socket as TLSSocket;
    if (!this.#settings.https.clientAuthentication || !socket.encrypted) return undefined;
    const subject = subjectOf(socket);
    const users = [...this.#settings.users.values()].filter((u) =>
      u.distinguishedNames.some((name) => sameDistinguishedName(name, subject)),
    );
    if (users.length > 0) return users.map((u) => u.id);
    await this.delay();
    throw Problem.text(`Unknown distinguished name (not defined as an user): ${subject}`, 401);
  }

  /** Throws unless somebody with the permission asks. */
  async require(exchange: Exchange, permission?: string): Promise<Principal> {
    const httpUser = await this.httpUser(exchange);
    const token = exchange.header('x-js7-session');
    const session = token === undefined ? undefined : this.#sessions.use(token, `http ${exchange.path}`);
    // A session of another user than the header's is as good as none (recording 09/056).
    if (token !== undefined && (!session || (httpUser !== undefined && session.userId !== ANONYMOUS && session.userId !== httpUser)))
      throw new Problem('InvalidSessionToken', 'Invalid session token');
    const userId = session?.userId ?? httpUser ?? ANONYMOUS;
    if (this.isPublic(exchange) || userId === 'System') return { userId, permissions: 'all' };
    const user = this.#settings.users.get(userId);
    if (!user) throw missing();
    if (permission !== undefined && !user.permissions.has(permission)) {
      throw new Problem('UserDoesNotHavePermission', `User '${userId}' does not have the required permission '${permission}'`, {
        userId,
        permission,
      });
    }
    return { userId, permissions: user.permissions };
  }
}
