/** Whether a command may be executed here and now (controller-api 1.0). Throws the problem, waits, or lets it pass. */
import type { Node } from '../node';
import { controllerNotReady, notActive, notAppointed, notReady, shuttingDown, switchingOver } from '../web/problem';

/** This node is the active one; it need not be ready. */
export async function requireActive({ role }: Node): Promise<void> {
  await role.until((r) => r.phase !== 'blocked');
  switch (role.phase) {
    case 'unappointed':
      throw notAppointed();
    case 'starting':
    case 'waiting':
      throw notReady();
    case 'passive':
    case 'zombie':
      throw notActive();
    case 'active':
      if (role.closing === 'switching over') throw switchingOver();
      if (role.closing) throw shuttingDown();
  }
}

/** The active one, and its orders are kept. */
export async function requireReady(node: Node): Promise<void> {
  await requireActive(node);
  if (node.role.readiness === 'refusing') throw controllerNotReady();
  await node.role.until((r) => r.readiness === 'ready' || r.closing !== undefined);
  await requireActive(node);
}
