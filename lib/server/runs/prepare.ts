import 'server-only';
import type { z } from 'zod';
import type { CheckAgainAnswer, CheckAgainQuery, PrepareAnswer, StartRunAnswer, StartRunInput } from '../../contract/runs';
import type { Slot } from '../../domain/cluster/cluster';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import { planDocument } from '../../domain/switchover/document';
import { sourceOf } from '../../domain/switchover/from';
import { begin, measureAgain, type Prepared, prepare } from '../../usecases/switchover/prepare';
import type { Download } from '../download';
import type { Runtime } from '../runtime';
import { planAnswer } from './answers';
import { imagesOf } from './images';
import { wording } from './wording';

const notKnown = (id: string) => err(problem('NOT_FOUND', `There is no cluster "${id}".`));

/** Codes of alarms that stand against a move. A warning is a check's own business: a spare without a fence gets one by the run. */
const alarmsOf = ({ hub }: Pick<Runtime, 'hub'>, id: string): readonly string[] =>
  (hub.read.cluster(id)?.guard.alarms ?? []).filter((a) => a.tone !== 'warn').map((a) => a.code);

async function measure(runtime: Runtime, id: string, from: Slot | undefined): Promise<Result<Prepared>> {
  const cluster = runtime.store.clusters.get(id);
  if (!cluster) return notKnown(id);
  return ok(await prepare(runtime.runs.ctx, cluster, from ?? sourceOf(runtime.hub.read.cluster(id)), alarmsOf(runtime, id)));
}

/** Measures everything anew. */
export async function prepareAnswer(runtime: Runtime, id: string, o: { from?: Slot | undefined }): Promise<Result<PrepareAnswer>> {
  const measured = await measure(runtime, id, o.from);
  if (!measured.ok) return measured;
  const { from, plan, hash, preflight, measuredAt, heldLock } = measured.value;
  return ok({
    from,
    to: from === 'primary' ? 'secondary' : 'primary',
    ...preflight,
    // What keeps a plan from being made keeps the run from starting.
    ready: preflight.ready && plan.ok,
    measuredAt,
    ...(heldLock && { heldLock }),
    ...(plan.ok
      ? { plan: planAnswer(plan.value, hash ?? '', imagesOf(runtime, plan.value), (e) => runtime.engines.get(e)?.name ?? e) }
      : { problem: plan.error }),
  });
}

/** One check, or a group of them, measured again; the others keep what they have. */
export async function checkAgain(
  runtime: Runtime,
  id: string,
  { from, only }: z.output<typeof CheckAgainQuery>,
): Promise<Result<CheckAgainAnswer>> {
  const cluster = runtime.store.clusters.get(id);
  if (!cluster) return notKnown(id);
  return measureAgain(runtime.runs.ctx, cluster, from, alarmsOf(runtime, id), only);
}

/** The plan as a document, so that a person can finish by hand what a run would do. */
export async function planMarkdown(runtime: Runtime, id: string, o: { from?: Slot | undefined }): Promise<Result<Download>> {
  const measured = await measure(runtime, id, o.from);
  if (!measured.ok) return measured;
  const { plan, hash } = measured.value;
  if (!plan.ok) return plan;
  const text = planDocument(plan.value, hash ?? '', imagesOf(runtime, plan.value), wording(runtime.clock.now()));
  return ok({ download: 'text/markdown', fileName: `switch-over-${id}.md`, text });
}

/** Measures again and begins, if everything is as the person read it. In the cluster's turn: nobody starts or stops an instance meanwhile. */
export function startRun(
  runtime: Runtime,
  id: string,
  input: z.output<typeof StartRunInput>,
  who: string,
): Promise<Result<StartRunAnswer>> {
  return runtime.turns(id, async () => {
    const cluster = runtime.store.clusters.get(id);
    if (!cluster) return notKnown(id);
    if (runtime.runs.wayBack.open(id))
      return err(problem('CONFLICT', 'A way back of this cluster has no end yet.', { remedy: 'End it, or leave it, on its page.' }));
    const { ticket, timeSpent, ...wanted } = input;
    const { ctx, runner } = runtime.runs;
    const asked = { ...wanted, ...(ticket && { ticket }), ...(timeSpent !== undefined && { timeSpent }) };
    const begun = await begin(ctx, runner, cluster, asked, who, alarmsOf(runtime, id));
    return begun.ok ? ok({ runId: begun.value }) : begun;
  });
}
