/** `preflight`, `plan` and `switch-over`. What may start, and whether it does, is the server's decision; here it is shown and asked. */
import type { PlanAnswer, PrepareAnswer } from '../../contract/runs';
import type { Slot } from '../../domain/cluster/cluster';
import type { CheckResult } from '../../domain/switchover/preflight/check';
import type { Api } from '../api';
import { EXIT, type ExitCode, Stop } from '../exit';
import { type Context, print } from '../terminal';
import { clean, lasting, say, size, table } from '../words';
import { clusterOf } from './clusters';
import { follow } from './follow';

export interface From {
  readonly from?: Slot;
}
const measure = async (api: Api, cluster: string, { from }: From): Promise<PrepareAnswer> => {
  const { id } = await clusterOf(api, cluster);
  return (await api.ask('GET /api/clusters/[id]/switch-over', { params: { id }, query: { from } })) as PrepareAnswer;
};
const title = (id: string): string => say({ key: `check.${id}.title` });
const WORD: Record<CheckResult['verdict'], string> = { pass: 'pass', warn: 'WARN', block: 'BLOCK', unknown: 'UNKNOWN' };

function checks(p: PrepareAnswer, shown: readonly CheckResult[] = p.checks): string {
  const { pass, warn, block, unknown } = p.counts;
  const rows = shown.map((c) => [WORD[c.verdict], c.id, `${title(c.id)}: ${say(c.measured)}`]);
  const fixes = shown.filter((c) => c.verdict !== 'pass').map((c) => `${c.id}: ${say({ key: `check.${c.id}.fix` })}`);
  return [
    `From the ${p.from} to the ${p.to}: ${p.ready ? 'ready' : 'NOT READY'}. ${pass} passed, ${warn} warnings, ${block} blocked, ${unknown} unknown.`,
    ...(p.problem ? [`${clean(p.problem.message)} ${clean(p.problem.remedy ?? '')}`.trim()] : []),
    ...(rows.length > 0 ? ['', table(['', 'CHECK', 'MEASURED'], rows)] : []),
    ...(fixes.length > 0 ? ['', 'How to put it right:', ...fixes.map((f) => `  ${f}`)] : []),
  ].join('\n');
}

export async function preflight(context: Context, cluster: string, o: From): Promise<ExitCode> {
  const p = await measure(context.api(), cluster, o);
  print(context, p, () => checks(p));
  return p.ready ? EXIT.ok : EXIT.blocked;
}

export async function plan(context: Context, cluster: string, o: From & { readonly markdown?: boolean }): Promise<ExitCode> {
  if (o.markdown) {
    const { id } = await clusterOf(context.api(), cluster);
    context.terminal.out(await context.api().text('GET /api/clusters/[id]/plan.md', { params: { id }, query: { from: o.from } }));
    return EXIT.ok;
  }
  const p = await measure(context.api(), cluster, o);
  if (!p.plan) throw new Stop(EXIT.blocked, p.problem?.message ?? 'No plan could be made.', p.problem?.remedy);
  const made = p.plan;
  print(context, made, () => steps(made));
  return EXIT.ok;
}

function steps(p: PlanAnswer): string {
  const rows = p.steps.map((s) => [
    String(s.number),
    s.afterPoint ? 'no way back' : s.undo ? 'undo' : '',
    s.down ? 'down' : '',
    `about ${lasting(Math.max(1000, s.expectedMs))}`,
    say(s.title),
  ]);
  return [
    `From ${clean(p.source.name)} on ${clean(p.source.engine)} to ${clean(p.target.name)} on ${clean(p.target.engine)}, journal ${size(p.journalBytes)}, plan ${p.hash.slice(0, 8)}.`,
    `About ${lasting(p.expectedMs)}, of which nobody works for about ${lasting(p.expectedDownMs)}.`,
    '',
    table(['#', '', '', 'TAKES', 'STEP'], rows),
  ].join('\n');
}

export interface SwitchOver extends From {
  readonly reason: string;
  readonly ticket?: string;
  readonly timeSpent?: number;
  readonly accept?: readonly string[];
  readonly yes?: boolean;
  readonly expectActive?: string;
  readonly follow: boolean;
}

export async function switchOver(context: Context, cluster: string, o: SwitchOver): Promise<ExitCode> {
  const { terminal } = context;
  if (!terminal.asks && !(o.yes && o.expectActive))
    throw new Stop(
      EXIT.usage,
      'Nobody can be asked here.',
      'Scripts confirm with --yes --expect-active NAME (the container that is active now).',
    );
  const api = context.api();
  const p = await measure(api, cluster, o);
  if (!p.ready || !p.plan) {
    print(context, p, () =>
      checks(
        p,
        p.checks.filter((c) => c.verdict === 'block' || c.verdict === 'unknown'),
      ),
    );
    return EXIT.blocked;
  }
  const accepted = await accept(context, p, o);
  if (!accepted) return EXIT.blocked;
  if (!context.json) terminal.out(steps(p.plan));
  const expectActive = o.yes && o.expectActive ? o.expectActive : await typed(context, p.plan, p);
  const { id } = await clusterOf(api, cluster);
  const { reason, ticket, timeSpent } = o;
  const about = { reason, ...(ticket && { ticket }), ...(timeSpent !== undefined && { timeSpent }) };
  const input = { from: p.from, planHash: p.plan.hash, expectActive, accepted, ...about };
  const { runId } = await api.ask('POST /api/clusters/[id]/runs', { params: { id }, input });
  terminal.note(`Run ${runId} has begun. It goes on without this command: handover run ${runId}`);
  if (o.follow) return follow(context, runId, 'succeeded');
  if (context.json) terminal.out(JSON.stringify({ runId }));
  return EXIT.ok;
}

/** Ids of the accepted warnings; undefined when one was not accepted (and says which). */
async function accept(context: Context, p: PrepareAnswer, o: SwitchOver): Promise<readonly string[] | undefined> {
  const accepted = [...(o.accept ?? [])];
  const unknown = accepted.filter((id) => !p.checks.some((c) => c.id === id));
  if (unknown.length > 0) throw new Stop(EXIT.usage, `There is no check ${unknown.join(', ')}.`, 'handover preflight shows the ids.');
  const open = p.checks.filter((c) => c.verdict === 'warn' && !accepted.includes(c.id));
  if (open.length === 0) return accepted;
  if (!context.terminal.asks || o.yes) {
    print(
      context,
      { ...p, notAccepted: open.map((c) => c.id) },
      () => `${checks(p, open)}\n\nNot started. To accept: --accept ${open.map((c) => c.id).join(',')}`,
    );
    return undefined;
  }
  for (const c of open) {
    context.terminal.note(`Warning: ${title(c.id)}: ${say(c.measured)}\n  ${say({ key: `check.${c.id}.why` })}`);
    if (!/^y(es)?$/i.test(await context.terminal.question('Accept it? [y/N] '))) return undefined;
    accepted.push(c.id);
  }
  return accepted;
}

/** The same confirmation as in the browser: the name of the container that has the journal now. */
async function typed({ terminal }: Context, made: PlanAnswer, p: PrepareAnswer): Promise<string> {
  const given = await terminal.question(`To switch over to the ${p.to}, type the name of the container that is active now: `);
  if (given !== made.source.name) throw new Stop(EXIT.usage, `"${clean(given)}" is not its name. Nothing was started.`);
  return given;
}
