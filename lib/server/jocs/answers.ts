import 'server-only';
import type { Snapshot } from '../../contract/api';
import type { JocAnswer } from '../../contract/joc';
import type { JocFacts, JocSettings } from '../../domain/joc/joc';
import type { Reading } from '../../domain/reading';
import { ok, type Result } from '../../domain/result';
import type { Store } from '../../ports/store';
import type { Runtime } from '../runtime';

const clustersWith = (store: Pick<Store, 'clusters'>, jocId: string): string[] =>
  store.clusters.all().flatMap((c) => (c.joc?.jocId === jocId ? [c.name] : []));

/** Without secrets: only whether they are there. */
function jocAnswer(s: JocSettings, facts: Reading<JocFacts>, clusters: readonly string[]): JocAnswer {
  const last = facts.kind === 'value' ? facts.value : facts.kind === 'failed' ? facts.last?.value : undefined;
  return {
    id: s.id,
    name: s.name,
    url: s.url,
    user: s.user,
    hasPassword: s.password !== undefined,
    hasClientKey: s.clientKey !== undefined,
    ...(s.ca !== undefined && { ca: s.ca }),
    ...(s.clientCert !== undefined && { clientCert: s.clientCert }),
    state: facts.kind === 'value' ? 'up' : facts.kind === 'failed' ? 'down' : 'connecting',
    ...(facts.kind === 'failed' && { since: facts.since, problem: facts.error }),
    ...(last && { facts: last }),
    clusters,
  };
}

type Parts = Pick<Runtime, 'store' | 'jocs'>;
export const jocAnswers = ({ store, jocs }: Parts): JocAnswer[] =>
  store.jocs.all().map((s) => jocAnswer(s, jocs.facts(s.id), clustersWith(store, s.id)));

export const jocSnapshot = (runtime: Parts & Pick<Runtime, 'hub' | 'clock'>): Result<Extract<Snapshot, { topic: 'jocs' }>> =>
  ok(
    runtime.hub.read.snapshot('jocs') ?? {
      topic: 'jocs',
      rev: runtime.hub.read.rev(),
      at: runtime.clock.now(),
      data: jocAnswers(runtime),
    },
  );

/** Its figures move with every look: an answering time of a few ms more is no news. */
export function tellJocs(runtime: Parts & Pick<Runtime, 'hub' | 'clock'>): void {
  const before = runtime.hub.read.snapshot('jocs')?.data ?? [];
  const now = jocAnswers(runtime).map((a) => {
    const was = before.find((b) => b.id === a.id)?.facts;
    return a.facts && was && Math.abs(was.latencyMs - a.facts.latencyMs) < 50
      ? { ...a, facts: { ...a.facts, latencyMs: was.latencyMs } }
      : a;
  });
  runtime.hub.put('jocs', now, runtime.clock.now());
}
