import 'server-only';
import type { ControllerAccess } from '../../domain/cluster/cluster';
import { tell } from '../../domain/joc/told';
import type { Message } from '../../domain/text/message';
import type { OpenController } from '../../ports/controller';

export interface AccountTried {
  readonly user: 'JOC' | 'History';
  readonly result: 'pass' | 'warn' | 'block' | 'unknown';
  readonly measured: Message;
}

/** As JOC Cockpit logs in where nobody has changed it (docker-images.md, joc-cockpit 1.6: setting controller_connection_joc_password). Public knowledge, no secrets. */
const STANDARD = { JOC: 'JS7-JOC', History: 'JS7-History' } as const;

/**
 * Does the Controller let JOC's two accounts in, with their standard passwords? One try each; a wrong one costs 1 s there. A refusal is a warning, as JOC may have
 * been given others; but where it is true, JOC is slowed down for all its Controllers (joc-proved N8), and of History nobody else tells (N9).
 */
export async function tryAccounts(openController: OpenController, access: ControllerAccess): Promise<readonly AccountTried[]> {
  return Promise.all((['JOC', 'History'] as const).map((user) => tryOne(openController, access, user)));
}

async function tryOne(
  openController: OpenController,
  { url, ca, clientCert, clientKey }: ControllerAccess,
  user: 'JOC' | 'History',
): Promise<AccountTried> {
  const tls = {
    ...(ca !== undefined && { ca }),
    ...(clientCert !== undefined && { clientCert }),
    ...(clientKey !== undefined && { clientKey }),
  };
  const client = openController({ url, user, password: STANDARD[user], ...tls });
  try {
    const r = await client.checkAccess();
    if (r.ok) return { user, result: 'pass', measured: tell('reg.account.in', { user }) };
    if (r.error.code === 'CONTROLLER_LOGIN_REFUSED')
      return { user, result: 'warn', measured: tell(user === 'JOC' ? 'reg.account.joc' : 'reg.account.history') };
    return { user, result: 'unknown', measured: tell('reg.account.unknown', { user, why: r.error.message }) };
  } finally {
    await client.close();
  }
}
