/** `joc status` and `joc follow`: what JOC Cockpit has registered of a cluster, beside what is real; and making it follow. */
import type { ClusterView } from '../../domain/cluster/view';
import type { JocDrift, JocView } from '../../domain/joc/view';
import { EXIT, type ExitCode } from '../exit';
import { type Context, confirm, print } from '../terminal';
import { clean, say, table } from '../words';
import { clusterOf } from './clusters';

const VERDICT: Readonly<Record<JocDrift['verdict'], string>> = { same: 'same', differs: 'DIFFERS', unknown: 'unknown' };

/** As `guard`, its exit code is for scripts: all is well only where JOC has it registered, and nothing differs or is unknown of what proves that it follows. */
export async function jocStatus(context: Context, given: string): Promise<ExitCode> {
  const cluster = await clusterOf(context.api(), given);
  const { joc } = cluster;
  print(context, joc ?? null, () =>
    joc ? told(cluster, joc) : `${clean(cluster.name)} is not registered with any JOC Cockpit by Handover.`,
  );
  return joc && well(joc) ? EXIT.ok : EXIT.failed;
}

const well = (joc: JocView): boolean =>
  ['fresh', 'ageing'].includes(joc.freshness.state) &&
  joc.registered === 'yes' &&
  joc.toFollow === undefined &&
  joc.drift.every((d) => d.verdict !== 'differs');

function told(cluster: ClusterView, joc: JocView): string {
  const about = [joc.version, joc.active === false ? 'NOT ACTIVE' : undefined, joc.component].filter(Boolean).join(', ');
  const lines = [
    `${clean(cluster.name)} (${cluster.id}) and JOC Cockpit ${clean(joc.name)}, ${clean(joc.url)}: ${about}`,
    ...(joc.error ? [say(joc.error)] : []),
    `Registered: ${joc.registered}${joc.follow ? `, follows by ${joc.follow.kind}` : ''}`,
    '',
    table(
      ['', 'JOC COCKPIT', 'REALITY', ''],
      joc.drift.map((d) => [say(d.title), say(d.joc), say(d.real), VERDICT[d.verdict]]),
    ),
    ...joc.drift.flatMap((d) => (d.verdict === 'differs' && d.remedy ? [say(d.remedy)] : [])),
  ];
  if (joc.toFollow) lines.push('', say(joc.toFollow.note), `Next: handover joc follow ${cluster.id}`);
  return lines.join('\n');
}

export interface FollowOptions {
  readonly reason?: string;
  readonly ticket?: string;
  readonly timeSpent?: number;
  readonly mayInterrupt?: boolean;
  readonly yes?: boolean;
}
/** Nothing is changed where JOC follows already. */
export async function jocFollow(context: Context, given: string, o: FollowOptions): Promise<ExitCode> {
  const api = context.api();
  const cluster = await clusterOf(api, given);
  if (cluster.joc?.toFollow) context.terminal.note(say(cluster.joc.toFollow.note));
  await confirm(context, o.yes, `Make JOC Cockpit follow the live Controller of ${clean(cluster.name)}?`);
  const audit = {
    ...(o.reason !== undefined && { comment: o.reason }),
    ...(o.ticket !== undefined && { ticketLink: o.ticket }),
    ...(o.timeSpent !== undefined && { timeSpent: o.timeSpent }),
  };
  const answer = await api.ask('POST /api/clusters/[id]/joc/follow', {
    params: { id: cluster.id },
    input: { audit, ...(o.mayInterrupt && { mayInterrupt: true }) },
  });
  print(context, answer, () => say(answer.message));
  return answer.outcome === 'proved' ? EXIT.ok : EXIT.failed;
}
