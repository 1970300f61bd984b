/** `data/work`: emptied at each start; the eternal System session for local programs (controller-api 4.2). */
import fs from 'node:fs';
import path from 'node:path';
import type { Node } from '../node';

export function prepareWorkDirectory(node: Node, localUri: string): void {
  const directory = path.join(node.commandLine.dataDirectory, 'work');
  fs.rmSync(directory, { recursive: true, force: true });
  fs.mkdirSync(directory, { recursive: true });
  const session = node.sessions.login('System', 'System', true);
  node.log.info('js7.common.pekkohttp.web.session.SessionRegister', 'Session:1 for User:System login (eternal)');
  fs.writeFileSync(path.join(directory, 'session-token'), session.token, { mode: 0o600 });
  fs.writeFileSync(path.join(directory, 'secret-http-headers'), `x-js7-session: ${session.token}\n`, { mode: 0o600 });
  fs.writeFileSync(path.join(directory, 'http-uri'), localUri);
}
