import 'server-only';
import { type ErrorCode, problem } from '../../domain/errors';
/** The stable name, and JOC Cockpit: what is done so that it follows. How it is told and proved is the business of usecases/joc. */
import type { Instance } from '../../domain/instance/instance';
import type { JocAudit } from '../../domain/joc/joc';
import { err, ok, type Result } from '../../domain/result';
import type { PlanJoc, PlanSide } from '../../domain/switchover/plan';
import type { RunContext, Which } from './context';
import type { Doing } from './effects';
import { engineOf } from './effects-fence';
import { elapsed } from './elapsed';

type Move = NonNullable<PlanJoc['move']>;
const SIDES = ['source', 'target'] as const;
const still = (i: Instance): boolean => i.state === 'exited' || i.state === 'created' || i.state === 'dead';

/** Gives or takes the name, keeping every other alias; already so = nothing to do. Only of the plan's own container, and only while it does not run: a connection is never cut. */
async function holdName(ctx: RunContext, side: PlanSide, move: Move, which: Which, carries: boolean): Promise<Result<void>> {
  const { alias, network } = move;
  const engine = engineOf(ctx, side);
  if (!engine.ok) return engine;
  const now = await engine.value.inspect(side.ref.name);
  if (!now.ok) return now;
  if (now.value === 'absent' || now.value.id !== side.containerId)
    return err(problem('CONFLICT', `${side.ref.name} is not the container of the plan any more.`));
  const at = now.value.networks.find((n) => n.network === network);
  // Cut off in the middle it is left detached: then the names of the plan are given back.
  const { attached, others } = move[which];
  const aliases = at?.aliases ?? (attached ? others : []);
  if (at ? aliases.includes(alias) === carries : !attached && !carries) return ok(undefined);
  if (!still(now.value))
    return err(
      problem('CONFLICT', `${side.ref.name} runs: its name ${alias} cannot be changed without cutting its connections in ${network}.`, {
        remedy: 'Look at who started it.',
      }),
    );
  const next = carries ? [...aliases, alias] : aliases.filter((a) => a !== alias);
  return engine.value.making.setAliases(side.ref.name, network, next);
}

/** `wanted`: which side carries it in the end. Who loses it comes first: at no time do both carry it that did not before. */
async function hold({ ctx, state: { plan } }: Doing, wanted: (which: Which, move: Move) => boolean): Promise<Result<void>> {
  const move = plan.joc?.move;
  if (!move) return ok(undefined);
  const order = [...SIDES].sort((a, b) => Number(wanted(a, move)) - Number(wanted(b, move)));
  for (const which of order) {
    const held = await holdName(ctx, plan[which], move, which, wanted(which, move));
    if (!held.ok) return held;
  }
  return ok(undefined);
}
export const moveName = (d: Doing): Promise<Result<void>> => hold(d, (which) => which === 'target');
/** As it was before the run, wherever that was. */
export const nameBack = (d: Doing): Promise<Result<void>> => hold(d, (which, move) => move[which].held);

/** JOC itself may be on its way up: so long it is tried again before the run goes on without it. */
const PATIENCE_MS = 20_000;
const AGAIN_MS = 2_000;
const MAY_COME_BACK: readonly ErrorCode[] = ['JOC_UNREACHABLE', 'JOC_TIMEOUT'];

export async function tellJoc({ ctx, state: { plan }, about, signal, said }: Doing): Promise<Result<void>> {
  if (!plan.joc) return ok(undefined);
  const cluster = ctx.cluster(plan.clusterId);
  if (!ctx.joc || !cluster?.joc)
    return err(
      problem('NOT_FOUND', `${plan.clusterId} is not connected with a JOC Cockpit any more.`, {
        remedy: 'Register it again, where that is wanted.',
      }),
    );
  const live = await ctx.controller(cluster, plan.target.slot)?.look();
  if (!live?.ok) return live ?? err(problem('CONTROLLER_UNREACHABLE', `${plan.target.url} was not asked.`));
  const { overview } = live.value;
  if (typeof overview !== 'object' || !('startedAt' in overview))
    return err(
      problem(
        'CONTROLLER_ANSWER_ODD',
        `The Controller at ${plan.target.url} does not tell when it started: nothing could prove that JOC Cockpit follows it.`,
      ),
    );
  const input = {
    cluster,
    live: plan.target.slot,
    joc: cluster.joc,
    controllerStartedAt: overview.startedAt,
    audit: auditOf(about),
    signal,
  };
  const until = elapsed(ctx) + (ctx.joc.patienceMs ?? PATIENCE_MS);
  for (;;) {
    const told = await ctx.joc.follow(input);
    if (told.ok) {
      said(told.value.evidence);
      return ok(undefined);
    }
    if (signal.aborted || !MAY_COME_BACK.includes(told.error.code) || elapsed(ctx) + AGAIN_MS > until) return told;
    await ctx.sleep(AGAIN_MS, signal).catch(() => undefined);
  }
}

/** JOC's limits (joc-cockpit 1.4): 255 characters without < and >. */
const short = (text: string): string => text.replaceAll(/[<>]/g, ' ').trim().slice(0, 255);
const auditOf = ({ reason, ticket, timeSpent }: Doing['about']): JocAudit => ({
  comment: short(reason),
  ...(ticket !== undefined && { ticketLink: short(ticket) }),
  ...(timeSpent !== undefined && { timeSpent }),
});
