/** Everything the routes, commands and cluster parts share. One per process. */
import type { LogFile } from '../shared/log-file';
import type { CommandLine } from './config/command-line';
import type { Settings } from './config/settings';
import type { Journal } from './journal/journal';
import type { Role } from './role';
import type { ControllerState } from './state/controller-state';
import { notAppointed, notReady, Problem } from './web/problem';
import type { Sessions } from './web/sessions';

export interface Node {
  readonly commandLine: CommandLine;
  readonly settings: Settings;
  readonly log: LogFile;
  readonly journal: Journal;
  readonly role: Role;
  readonly sessions: Sessions;
  readonly startedAt: number;
}

/** The node's state for reading; refused or never answered as the real one does (controller-api 1.0). */
export async function nodeState(node: Node): Promise<ControllerState> {
  await node.role.until((r) => r.phase !== 'blocked');
  switch (node.role.phase) {
    case 'unappointed':
      throw notAppointed();
    case 'starting':
    case 'waiting':
      throw notReady();
    default:
      return node.journal.state;
  }
}

/** True while the journal serves readers: on an active node and on a replicating passive one. */
export function isReadable(node: Node): boolean {
  return node.role.phase === 'active' || node.role.phase === 'passive' || node.role.phase === 'zombie';
}

/** /journal serves the passive peer as soon as there is a file of this process, even while the node still waits for its confirmation. */
export function journalFileNotReady(): Problem {
  return new Problem('JournalFileIsNotReady', "Next journal file 'controller' is not ready yet", { file: 'controller' });
}
