/** `status` and `guard`: what the dashboard shows. */
import type { Alarm, ClusterView, InstanceView } from '../../domain/cluster/view';
import type { Api } from '../api';
import { EXIT, type ExitCode, Stop } from '../exit';
import { type Context, print } from '../terminal';
import { clean, say, table } from '../words';

const views = async (api: Api): Promise<readonly ClusterView[]> =>
  (await api.ask('GET /api/clusters')).data as unknown as readonly ClusterView[];

/** A cluster by its id, or by its name where one has it. Throws Stop. */
export async function clusterOf(api: Api, given: string): Promise<ClusterView> {
  const all = await views(api);
  const found = all.filter((c) => c.id === given);
  const [one, two] = found.length > 0 ? found : all.filter((c) => c.name === given);
  if (one && !two) return one;
  const known = all.map((c) => c.id).join(', ') || 'none';
  throw new Stop(EXIT.failed, one ? `Several clusters are called "${given}".` : `There is no cluster "${given}".`, `Known: ${known}.`);
}

const role = (i: InstanceView | undefined): string => (i ? i.badges.map((b) => say(b.word)).join(', ') || i.role : '–');
const row = (c: ClusterView): string[] => [c.id, role(c.primary), role(c.secondary), say(c.status.word), say(c.verdict.title)];

export async function status(context: Context, given: string | undefined): Promise<ExitCode> {
  if (given !== undefined) {
    const one = await clusterOf(context.api(), given);
    print(context, one, () => picture(one));
    return EXIT.ok;
  }
  const all = await views(context.api());
  print(context, all, () =>
    all.length === 0 ? 'No cluster is known yet.' : table(['CLUSTER', 'PRIMARY', 'SECONDARY', 'STATUS', 'VERDICT'], all.map(row)),
  );
  return EXIT.ok;
}

function picture(c: ClusterView): string {
  const sides = [c.primary, ...(c.secondary ? [c.secondary] : [])];
  const lines = [
    `${clean(c.name)} (${c.id}), Controller ID ${clean(c.controllerId)}`,
    `${say(c.verdict.title)} ${say(c.verdict.why)}`,
    '',
    table(
      ['', 'CONTAINER', 'ENGINE', 'ROLE', 'ALIVE', 'CONTAINER STATE', 'LAST EVENT', 'FENCES'],
      sides.map((s) => [
        s.slot === 'primary' ? 'Primary' : 'Secondary',
        s.ref.name,
        s.docker.engineName,
        role(s),
        s.alive,
        s.docker.instance?.state ?? 'unknown',
        String(s.controller.lastEventId ?? s.disk.journal?.lastEventId ?? 'unknown'),
        s.fences.join(', ') || 'none',
      ]),
    ),
  ];
  for (const s of sides) if (s.reason) lines.push(`${s.slot === 'primary' ? 'Primary' : 'Secondary'}: ${say(s.reason)}`);
  if (c.guard.alarms.length > 0) lines.push('', ...c.guard.alarms.map((a) => `${loud(a)}: ${say(a.title)} ${say(a.detail)}`));
  if (c.next) lines.push('', `Next: ${say(c.next.title)}`, ...(c.next.command ? [`  ${clean(c.next.command)}`] : []));
  return lines.join('\n');
}

const loud = (a: Alarm): string => ({ alarm: 'ALARM', bad: 'BAD', warn: 'warning', unknown: 'unknown' })[a.tone];
/** Quiet, or only warnings. What is unknown is never taken for quiet. */
const calm = (c: ClusterView): boolean => c.guard.alarms.every((a) => a.tone === 'warn') && ['ok', 'run', 'warn'].includes(c.guard.tone);

/** All alarms of all clusters; for monitoring, by its exit code. */
export async function guard(context: Context): Promise<ExitCode> {
  const all = await views(context.api());
  print(
    context,
    all.map((c) => ({ cluster: c.id, calm: calm(c), ...c.guard })),
    () =>
      all.length === 0
        ? 'No cluster is known yet.'
        : table(
            ['CLUSTER', 'GUARD', ''],
            all.flatMap((c) => [
              [c.id, calm(c) ? 'quiet' : 'LOOK', `${say(c.guard.title)} ${say(c.guard.detail)}`],
              ...c.guard.alarms.map((a) => ['', loud(a), `${say(a.title)} ${say(a.detail)}`]),
            ]),
          ),
  );
  return all.every(calm) ? EXIT.ok : EXIT.failed;
}
