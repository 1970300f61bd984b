/** POST /controller/api/session: Login and Logout (controller-api 4.1, recordings 09/017-063). */
import { objectAt, stringAt } from '../../../shared/json';
import type { Node } from '../../node';
import { LOGIN_VERSION } from '../../version';
import type { Exchange } from '../exchange';
import { CHALLENGE_HEADER, type Gatekeeper, invalidLogin } from '../gatekeeper';
import { Problem } from '../problem';
import { malformed, readJson } from '../request-body';

export async function postSession(node: Node, gatekeeper: Gatekeeper, exchange: Exchange): Promise<void> {
  const command = await readJson(exchange);
  if (command.TYPE === 'Logout') {
    node.sessions.logout(stringAt(command, 'sessionToken') ?? '');
    return exchange.json(200, { TYPE: 'Accepted' });
  }
  if (command.TYPE !== 'Login')
    throw malformed(
      `JSON DecodingFailure at : Unexpected JSON {"TYPE": ${JSON.stringify(command.TYPE)}, ...} for js7.base.session.SessionCommand`,
    );
  const version = stringAt(command, 'js7Version');
  if (version !== undefined && !/^\d+\.\d+\.\d+/.test(version))
    throw malformed(`JSON DecodingFailure at .js7Version: Unrecognized version: ${version}`);
  const httpUser = await gatekeeper.httpUser(exchange);
  const credentials = objectAt(command, 'userAndPassword');
  const claimed = stringAt(credentials, 'userId');
  if (credentials && !gatekeeper.user(claimed ?? '', stringAt(credentials, 'password') ?? '')) {
    await gatekeeper.delay();
    return exchange.problem(invalidLogin(), { extra: CHALLENGE_HEADER });
  }
  if (claimed !== undefined && httpUser !== undefined && claimed !== httpUser) throw Problem.text('Login user does not match HTTP(S) user');
  const former = exchange.header('x-js7-session');
  if (former !== undefined) node.sessions.logout(former);
  const session = node.sessions.login(
    claimed ?? httpUser ?? 'Anonymous',
    exchange.request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '',
  );
  node.log.info('js7.common.pekkohttp.web.session.SessionRegister', `Session:${session.number} for User:${session.userId} login`);
  exchange.json(200, { TYPE: 'LoggedIn', sessionToken: session.token, js7Version: LOGIN_VERSION });
}
