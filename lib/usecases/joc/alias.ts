import 'server-only';
import type { Cluster, Slot } from '../../domain/cluster/cluster';
import { type Problem, problem } from '../../domain/errors';
import type { Instance } from '../../domain/instance/instance';
import { tell } from '../../domain/joc/told';
import { err, ok, type Result } from '../../domain/result';
import type { Message } from '../../domain/text/message';
import { name } from '../../domain/text/say';
import type { Making } from '../../ports/making';
import type { CarryAlias, JocPorts } from './ports';

interface Holder {
  readonly instance: Instance;
  readonly making: Making;
}
type Where = { readonly alias: string; readonly network: string };

/** See CarryAlias. The other one loses it first: at no time do both that run carry it. */
export const carryAlias =
  (ports: Pick<JocPorts, 'engine'>): CarryAlias =>
  async ({ cluster, to, joc: { follow }, mayInterrupt = false }) => {
    if (follow.kind !== 'name') return ok({ evidence: [] });
    const target = await holder(ports, cluster, to);
    if (!target.ok) return target;
    if (!target.value) return err(problem('INSTANCE_NOT_FOUND', `There is no ${to} to give the name ${follow.alias} to.`));
    const evidence: Message[] = [];
    const other = await holder(ports, cluster, to === 'primary' ? 'secondary' : 'primary');
    if (!other.ok)
      evidence.push(
        tell('reg.alias.not-taken', { alias: name(follow.alias), container: name(otherName(cluster, to)), why: other.error.message }),
      );
    const needed = !has(target.value.instance, follow) && refusal(target.value.instance, follow, 'give');
    const old = other.ok && other.value && has(other.value.instance, follow) ? other.value : undefined;
    const refused = needed || (old && refusal(old.instance, follow, 'take'));
    if (refused && !mayInterrupt) return err(refused);
    if (old) {
      const taken = await change(old, follow, 'take');
      if (!taken.ok) return taken;
      evidence.push(tell('reg.alias.taken', { alias: name(follow.alias), container: name(old.instance.name) }));
    }
    const words = { container: name(target.value.instance.name), alias: name(follow.alias), network: name(follow.network) };
    if (has(target.value.instance, follow)) return ok({ evidence: [...evidence, tell('reg.alias.has', words)] });
    const gets = target.value;
    const given = await change(gets, follow, 'give');
    const undo = async () => {
      const first = given.ok ? await restore(gets, follow) : ok(undefined);
      return first.ok && old ? restore(old, follow) : first;
    };
    if (given.ok) return ok({ evidence: [...evidence, tell('reg.alias.given', words)], undo });
    await undo();
    return given;
  };

const otherName = (c: Cluster, to: Slot): string => (to === 'primary' ? c.secondary : c.primary)?.ref.name ?? '';
const attachment = (i: Instance, { network }: Where) => i.networks.find((n) => n.network === network);
const has = (i: Instance, where: Where): boolean => attachment(i, where)?.aliases.includes(where.alias) === true;
const still = (i: Instance): boolean => ['created', 'exited', 'dead'].includes(i.state);

async function holder({ engine }: Pick<JocPorts, 'engine'>, cluster: Cluster, slot: Slot): Promise<Result<Holder | undefined>> {
  const ref = (slot === 'primary' ? cluster.primary : cluster.secondary)?.ref;
  if (!ref) return ok(undefined);
  const own = engine(ref.engineId);
  if (!own?.making) return err(problem('ENGINE_UNREACHABLE', `The engine ${ref.engineId} is not connected.`));
  const seen = await own.inspect(ref.name);
  if (!seen.ok) return seen;
  return ok(seen.value === 'absent' ? undefined : { instance: seen.value, making: own.making });
}

/** Why a container that runs is not touched without a person's word. */
function refusal(instance: Instance, where: Where, what: 'give' | 'take'): Problem | undefined {
  if (still(instance)) return undefined;
  const says =
    what === 'give'
      ? `${instance.name} runs and does not carry the name ${where.alias} in the network ${where.network}. Docker gives a name only by detaching the container from the network and attaching it again.`
      : `${instance.name} runs and carries the name ${where.alias}, which belongs to the live one.`;
  const remedy = 'Allow it, knowing that its connections in that network end and are made again, or do it while the container is stopped.';
  return problem('CONFLICT', says, { remedy });
}

/** The names as they were when it was looked at. */
const restore = ({ instance, making }: Holder, where: Where): Promise<Result<void>> =>
  making.setAliases(instance.name, where.network, attachment(instance, where)?.aliases ?? []);

function change({ instance, making }: Holder, where: Where, what: 'give' | 'take'): Promise<Result<void>> {
  const now = attachment(instance, where)?.aliases ?? [];
  const aliases = what === 'give' ? [...now, where.alias] : now.filter((a) => a !== where.alias);
  return making.setAliases(instance.name, where.network, aliases);
}
