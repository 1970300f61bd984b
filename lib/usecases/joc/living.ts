import 'server-only';
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import { SLOTS } from '../../domain/cluster/cluster';
import type { ControllerFacts, Overview } from '../../domain/controller/controller';
import { problem } from '../../domain/errors';
import type { Millis } from '../../domain/reading';
import { err, ok, type Result } from '../../domain/result';
import type { OpenController } from '../../ports/controller';

export interface Living {
  readonly slot: Slot;
  readonly startedAt: Millis;
  readonly version: string;
}

/**
 * Which one of both works, asked now. CONFLICT where none does, or both say so: then it is not known whom JOC Cockpit should follow. Of a licensed pair the active
 * one. A Controller that does not let us ask whether it is ready counts by its state.
 */
export async function livingNow(openController: OpenController, cluster: Cluster): Promise<Result<Living>> {
  const looks = await Promise.all(SLOTS.map((slot) => look(openController, cluster, slot)));
  const answering = looks.flatMap((l) => l ?? []).filter((l) => l.overview.controllerId === cluster.controllerId);
  const ready = answering.filter((l) => l.facts.ready === true);
  const [one, ...more] =
    ready.length > 0
      ? ready
      : answering.filter((l) => l.facts.ready === 'unknown' && l.facts.node.kind !== 'not-appointed' && l.facts.node.kind !== 'waiting');
  if (!one)
    return err(
      problem('CONFLICT', `No Controller ${cluster.controllerId} works now.`, {
        remedy: 'Start the one that has the journal, and try again.',
      }),
    );
  if (more.length > 0)
    return err(
      problem('CONFLICT', 'Both Controllers say that they work: JOC Cockpit sees only one of them and cannot tell.', {
        remedy: 'Put that right first; the cluster’s page says how.',
      }),
    );
  return ok({ slot: one.slot, startedAt: one.overview.startedAt, version: one.overview.version });
}

async function look(
  openController: OpenController,
  cluster: Cluster,
  slot: Slot,
): Promise<{ readonly slot: Slot; readonly facts: ControllerFacts; readonly overview: Overview } | undefined> {
  const access = cluster[slot]?.access;
  if (!access) return undefined;
  const client = openController(access);
  try {
    const seen = await client.look();
    if (!seen.ok) return undefined;
    const { overview } = seen.value;
    return typeof overview === 'object' && 'controllerId' in overview ? { slot, facts: seen.value, overview } : undefined;
  } finally {
    await client.close();
  }
}
