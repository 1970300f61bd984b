import 'server-only';
import { basename } from 'node:path/posix';
import type { z } from 'zod';
import type { JournalSide, JournalsAnswer, PurgeInput, RetiredAnswer } from '../../contract/runs';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import { type ComparedSide, compareJournals } from '../../usecases/switchover/journals';
import { listPutAside, type PutAside, purge } from '../../usecases/switchover/retired';
import { note } from '../notes';
import type { Runtime } from '../runtime';
import { wording } from './wording';

const notKnown = (id: string) => err(problem('NOT_FOUND', `There is no cluster "${id}".`));

function sideAnswer(s: ComparedSide): JournalSide {
  const beyond = s.beyond && { count: s.beyond.count, events: s.beyond.events };
  return {
    ...{ slot: s.slot, name: s.name, place: s.place },
    ...(s.path !== undefined && { path: s.path }),
    ...(s.journalId !== undefined && { journalId: s.journalId }),
    ...(s.ending !== undefined && { ending: s.ending }),
    ...(s.lastEventId !== undefined && { lastEventId: s.lastEventId }),
    ...(s.entries.length > 0 && { totalBytes: s.entries.reduce((sum, e) => sum + e.bytes, 0) }),
    files: s.entries.map((e) => ({ name: e.name, bytes: e.bytes, inBoth: s.inBoth.get(e.name) ?? 'only-here' })),
    ...(beyond && { beyond }),
    ...(s.problem !== undefined && { problem: s.problem }),
  };
}

export async function journalsOf(
  { store, runs, clock }: Pick<Runtime, 'store' | 'runs' | 'clock'>,
  id: string,
): Promise<Result<JournalsAnswer>> {
  const cluster = store.clusters.get(id);
  if (!cluster) return notKnown(id);
  const { primary, secondary, ...rest } = await compareJournals(runs.ctx, cluster);
  return ok({ primary: sideAnswer(primary), ...(secondary && { secondary: sideAnswer(secondary) }), ...rest, comparedAt: clock.now() });
}

function asideAnswer({ clusterId, slot, name, engine, path, bytes, at, runId, by, why, journalId, held }: PutAside): RetiredAnswer {
  return {
    ...{ clusterId, slot, name, engine, path, bytes, purgeable: held === undefined },
    ...(at !== undefined && { at }),
    ...(runId !== undefined && { runId }),
    ...(by !== undefined && { by }),
    ...(why !== undefined && { why }),
    ...(journalId !== undefined && { journalId }),
    ...(held && { held }),
  };
}

/** Of all clusters; those whose engines do not answer now are left out. */
export async function retiredList({ store, runs, env }: Pick<Runtime, 'store' | 'runs' | 'env'>): Promise<readonly RetiredAnswer[]> {
  const all = await Promise.all(store.clusters.all().map((c) => listPutAside(runs.ctx, c, env)));
  return all.flatMap((one) => one.found).map(asideAnswer);
}

/** In the cluster's turn: no run begins meanwhile. */
export function purgeRetired(runtime: Runtime, input: z.output<typeof PurgeInput>, who: string): Promise<Result<void>> {
  const { clusterId, slot, path, confirm } = input;
  return runtime.turns(clusterId, async () => {
    const cluster = runtime.store.clusters.get(clusterId);
    if (!cluster) return notKnown(clusterId);
    if (confirm !== basename(path))
      return err(problem('BAD_REQUEST', 'The name that was typed is not the folder’s.', { remedy: `Type ${basename(path)}.` }));
    const gone = await purge(runtime.runs.ctx, cluster, { slot, path }, runtime.env, wording(runtime.clock.now()).say);
    if (!gone.ok) return gone;
    const params = { name: { as: 'name', value: gone.value.name }, folder: { as: 'code', value: basename(path) } } as const;
    note(runtime, clusterId, { kind: 'person', who, message: { key: 'person.purged', params } });
    return ok(undefined);
  });
}
