import 'server-only';
/** Makes the plan of a run from what is seen now. The dry run on the page and the real start use this same function (I5). */
import type { Cluster, ClusterMember, Slot } from '../../domain/cluster/cluster';
import type { AgentFacts } from '../../domain/controller/controller';
import { problem } from '../../domain/errors';
import type { Instance } from '../../domain/instance/instance';
import { besideOf } from '../../domain/instance/paths';
import type { DiskFacts } from '../../domain/journal/disk';
import { err, ok, type Result } from '../../domain/result';
import type { Plan, PlanJoc, PlanSide } from '../../domain/switchover/plan';
import { STEP_IDS, type StepId } from '../../domain/switchover/steps';
import type { Engine } from '../../ports/engine';
import type { RunContext } from './context';
import { fingerprint, folderOf, join } from './look';
import { planJoc, registeredUrl } from './plan-joc';

interface Seen {
  readonly side: PlanSide;
  readonly instance: Instance;
  readonly disk: DiskFacts;
}

/** `from`: the instance that has the journal now; `runId`: a preview has none yet and gives `preview`. Errors say what keeps a plan from being made at all; everything else is a check's business. */
export async function makePlan(ctx: RunContext, cluster: Cluster, from: Slot, runId: string): Promise<Result<Plan>> {
  const to: Slot = from === 'primary' ? 'secondary' : 'primary';
  const members: Record<Slot, ClusterMember | undefined> = { primary: cluster.primary, secondary: cluster.secondary };
  const [sourceMember, targetMember] = [members[from], members[to]];
  if (!sourceMember || !targetMember)
    return err(problem('CONFLICT', `${cluster.name} has only one instance.`, { remedy: 'Create the Secondary first.' }));
  const [source, target, told, registered] = await Promise.all([
    see(ctx, sourceMember, from),
    see(ctx, targetMember, to),
    ctx.controller(cluster, from)?.agents(),
    registeredUrl(ctx, cluster),
  ]);
  if (!source.ok) return source;
  if (!target.ok) return target;
  const { state } = source.value.disk;
  if (state.kind !== 'journal')
    return err(
      problem('JOURNAL_MISSING', `There is no readable journal in the state directory of ${sourceMember.ref.name}.`, {
        remedy: 'Look at its volume; nothing can be moved without a journal.',
      }),
    );
  const crashed = source.value.instance.state !== 'running';

  const joc = planJoc(ctx, cluster, to, { source: source.value.instance, target: target.value.instance }, registered);
  const agents = coupled(crashed || !told?.ok ? [] : told.value);

  return ok({
    runId,
    clusterId: cluster.id,
    variant: crashed ? 'source-crashed' : 'switch-over',
    source: source.value.side,
    target: target.value.side,
    controllerId: cluster.controllerId,
    journalId: state.journal.journalId,
    sameEngine: sourceMember.ref.engineId === targetMember.ref.engineId,
    journalBytes: state.journal.totalBytes,
    ...(agents.length > 0 && { agents }),
    ...(joc && { joc }),
    steps: STEP_IDS.filter((id) => !leavesOut(id, { joc, agents, crashed })),
    createdAt: ctx.clock.now(),
  });
}

/** Without a JOC Cockpit its step would prove nothing. Agents that are not known cannot be waited for. */
function leavesOut(id: StepId, o: { joc: PlanJoc | undefined; agents: readonly string[]; crashed: boolean }): boolean {
  if (id === 'tell-joc') return !o.joc;
  if (id === 'move-name') return !o.joc?.move;
  return (id === 'agents' && o.agents.length === 0) || (id === 'shut-down' && o.crashed);
}

const coupled = (told: readonly AgentFacts[] | 'not-in-time'): readonly string[] =>
  told === 'not-in-time'
    ? []
    : told
        .filter((a) => a.coupled)
        .map((a) => a.name)
        .sort();

async function see(ctx: RunContext, member: ClusterMember, slot: Slot): Promise<Result<Seen>> {
  const { ref } = member;
  const engine = ctx.engine(ref.engineId);
  if (!engine) return err(problem('ENGINE_UNREACHABLE', `The engine ${ref.engineId} is not configured any more.`));
  const instance = await engine.inspect(ref.name);
  if (!instance.ok) return instance;
  if (instance.value === 'absent') return err(problem('INSTANCE_NOT_FOUND', `${engine.name} has no container ${ref.name}.`));
  const disk = await ctx.readDisk(engine, instance.value);
  if (!disk.ok) return disk;
  const { config, state } = disk.value;
  if ('code' in config) return err(config);
  if (state.kind === 'absent')
    return err(
      problem('PATH_NOT_FOUND', `No state directory was found in the volumes of ${ref.name}.`, {
        remedy: 'Start it once, or make the folder state in its data volume.',
      }),
    );
  const owner = await ownerOf(engine, ref.name, state.path);
  if (!owner.ok) return owner;
  const files = await engine.files(ref.name).list(state.path);
  if (!files.ok) return files;
  const beside = besideOf(state.path, instance.value.mounts);
  const side: PlanSide = {
    slot,
    ref,
    containerId: instance.value.id,
    url: member.access.url,
    statePath: state.path,
    beside: join(beside.folder, beside.prefix),
    configPath: config.path,
    ...owner.value,
    policy: instance.value.restartPolicy,
    flag: config.isBackup ? 'on' : 'off',
    stateFingerprint: fingerprint(files.value),
  };
  return ok({ side, instance: instance.value, disk: disk.value });
}

/** The account that owns the state directory is the one the process writes as (docker-images.md 1.4). */
async function ownerOf(engine: Engine, name: string, statePath: string): Promise<Result<{ uid: number; gid: number }>> {
  const parent = await engine.files(name).list(folderOf(statePath));
  const own = parent.ok ? parent.value.find((e) => join(folderOf(statePath), e.name) === statePath) : undefined;
  if (own) return ok({ uid: own.uid, gid: own.gid });
  const stat = await engine.files(name).stat(statePath);
  return stat.ok ? ok({ uid: stat.value.uid, gid: stat.value.gid }) : stat;
}
