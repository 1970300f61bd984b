import 'server-only';
import { z } from 'zod';
import {
  type AgentFacts,
  CLUSTER_STATES,
  type ClusterStateFacts,
  type JournalInfo,
  type KnownClusterState,
  type NodeState,
  type Overview,
} from '../../domain/controller/controller';

/** Shapes of a Controller's answers, as far as we read them: controller-api.md 1.5, 2.1, 2.2. Fields we do not know are allowed and dropped. */
const eventId = z.number().int().nonnegative();

const JournalInfoAnswer = z.object({
  lastEventId: eventId,
  tornEventId: eventId,
  journalFiles: z.array(z.object({ fileEventId: eventId, position: z.number().nonnegative() })),
});
const OverviewAnswer = z.object({
  id: z.string(),
  version: z.string(),
  startedAt: z.number(),
  initiallyStartedAt: z.number().nullish(),
  orderCount: z.number().nullish(),
  java: z.object({ version: z.string().nullish() }).nullish(),
});
const ClusterStateAnswer = z.object({
  TYPE: z.string(),
  setting: z
    .object({ idToUri: z.record(z.string(), z.string()).nullish(), activeId: z.string().nullish(), clusterWatchId: z.string().nullish() })
    .nullish(),
});
const NodeStateAnswer = z.object({ nodeId: z.string(), isBackup: z.boolean(), clusterState: ClusterStateAnswer });
const ProblemAnswer = z.object({ TYPE: z.literal('Problem'), code: z.string().nullish(), message: z.string().nullish() });
const LoggedInAnswer = z.object({ TYPE: z.literal('LoggedIn'), sessionToken: z.string().min(1) });
const HeaderLine = z.object({ TYPE: z.literal('JS7.Journal'), journalId: z.string().min(1) });
const EventLine = z.object({ eventId: z.number().int(), TYPE: z.string() });

/** Nested state objects of the snapshot, recorded in 11-agent (006, 009). `problem` stands while the last try to couple failed. */
const AgentLine = z.object({
  TYPE: z.literal('AgentRefState'),
  agentRef: z.object({ path: z.string().min(1), directors: z.array(z.string()).nullish() }),
  couplingState: z.object({ TYPE: z.string() }),
  problem: z.unknown().optional(),
});
const SubagentLine = z.object({
  TYPE: z.literal('SubagentItemState'),
  subagentItem: z.object({ id: z.string().min(1), uri: z.string() }),
});
const SnapshotStart = z.object({ TYPE: z.literal('SnapshotEventId'), eventId: z.number().int() });

function read<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function readJournalInfo(text: string): JournalInfo | undefined {
  const a = read(JournalInfoAnswer, text);
  if (!a) return undefined;
  // The same file may be listed twice (1.5): the longer one is the newer knowledge.
  const files = new Map<number, number>();
  for (const f of a.journalFiles) files.set(f.fileEventId, Math.max(f.position, files.get(f.fileEventId) ?? 0));
  const sorted = [...files].sort(([x], [y]) => x - y);
  return {
    lastEventId: a.lastEventId,
    tornEventId: a.tornEventId,
    files: sorted.map(([fileEventId, position]) => ({ fileEventId, position })),
  };
}

export function readOverview(text: string): Overview | undefined {
  const a = read(OverviewAnswer, text);
  if (!a) return undefined;
  return {
    controllerId: a.id,
    version: a.version,
    startedAt: a.startedAt,
    ...(a.initiallyStartedAt != null && { initiallyStartedAt: a.initiallyStartedAt }),
    ...(a.orderCount != null && { orderCount: a.orderCount }),
    ...(a.java?.version != null && { javaVersion: a.java.version }),
  };
}

export function readNodeState(text: string): NodeState | undefined {
  const a = read(NodeStateAnswer, text);
  return a && { nodeId: a.nodeId, isBackup: a.isBackup, clusterState: clusterStateFacts(a.clusterState) };
}

/** A state we do not know keeps its name and is `unknown`, never one of the eight. */
function clusterStateFacts(a: z.infer<typeof ClusterStateAnswer>): ClusterStateFacts {
  const known = (CLUSTER_STATES as readonly string[]).includes(a.TYPE);
  const s = a.setting;
  return {
    type: known ? (a.TYPE as KnownClusterState) : 'unknown',
    name: a.TYPE,
    ...(s?.activeId != null && { activeId: s.activeId }),
    ...(s?.idToUri != null && { idToUri: s.idToUri }),
    ...(s?.clusterWatchId != null && { clusterWatchId: s.clusterWatchId }),
  };
}

/** `code` and words of an error body; undefined where it is none (then it is text, HTML or something foreign). */
export function readProblem(text: string): { code?: string; message: string } | undefined {
  const a = read(ProblemAnswer, text);
  return a && { ...(a.code != null && { code: a.code }), message: a.message ?? a.code ?? '' };
}

export const readSessionToken = (text: string): string | undefined => read(LoggedInAnswer, text)?.sessionToken;
/** The lineage, from the first line of a journal file (8.3). */
export const readJournalId = (line: string): string | undefined => read(HeaderLine, line)?.journalId;
export const isSnapshotStart = (line: string): boolean => read(SnapshotStart, line) !== undefined;
/** Undefined: not an Agent in a form we know. */
export function readAgent(line: string): (Omit<AgentFacts, 'url'> & { readonly director?: string }) | undefined {
  const a = read(AgentLine, line);
  const director = a?.agentRef.directors?.[0];
  return (
    a && {
      name: a.agentRef.path,
      coupled: a.couplingState.TYPE === 'Coupled' && a.problem == null,
      ...(director !== undefined && { director }),
    }
  );
}
export const readSubagent = (line: string): { id: string; uri: string } | undefined => read(SubagentLine, line)?.subagentItem;
export const readEvent = (line: string): { eventId: number; type: string } | undefined => {
  const a = read(EventLine, line);
  return a && { eventId: a.eventId, type: a.TYPE };
};
