/** JOC Cockpit's state words in ours. Its word decides; a word that we do not know goes by its severity (joc-cockpit 2.1: 0 well, 1 limited, 2 bad, 3 and 4 unknown). */
import type { ComponentState, Connection } from '../cluster/view';
import type { JocState } from './joc';

const COMPONENTS: readonly ComponentState[] = ['operational', 'limited', 'inoperable', 'unknown'];
const CONNECTIONS: readonly Connection[] = ['established', 'unstable', 'unreachable', 'unknown'];

function word<T extends string>(words: readonly T[], unknown: T, state: JocState | undefined): T {
  if (!state) return unknown;
  // JOC's own "unknown" has severity 2: the word is right, the severity is not.
  const told = words.find((w) => w === state.text);
  return told ?? words[state.severity] ?? unknown;
}

export const componentWord = (state: JocState | undefined): ComponentState => word(COMPONENTS, 'unknown', state);
export const connectionWord = (state: JocState | undefined): Connection => word(CONNECTIONS, 'unknown', state);
