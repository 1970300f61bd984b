/** `runs`, `run`, `resume`, `undo`, `by-hand` and `report`. */
import type { RunSummary } from '../../contract/runs';
import type { Choice, RunResult } from '../../domain/switchover/events';
import { EXIT, type ExitCode, Stop } from '../exit';
import { type Context, confirm, print } from '../terminal';
import { clean, lasting, say, table, when } from '../words';
import { clusterOf } from './clusters';
import { follow, runOf, standing } from './follow';

const outcome = (r: RunSummary): string =>
  r.result ?? (r.state === 'asking' ? 'ASKS' : r.mode === 'undo' ? 'undoing' : `step ${r.number}/${r.of}`);

/** A downtime that goes on is marked: it counts until now. */
function down(r: RunSummary): string {
  if (r.downMs !== undefined) return lasting(r.downMs);
  return r.downSince === undefined || r.state === 'ended' ? '' : `${lasting(Date.now() - r.downSince)}, goes on`;
}

export async function runs(context: Context, o: { readonly cluster?: string; readonly limit?: string }): Promise<ExitCode> {
  const api = context.api();
  const clusterId = o.cluster === undefined ? undefined : (await clusterOf(api, o.cluster)).id;
  const all = (await api.ask('GET /api/runs', { query: { clusterId, limit: o.limit } })) as readonly RunSummary[];
  print(context, all, () =>
    all.length === 0
      ? 'No run yet.'
      : table(
          ['RUN', 'CLUSTER', 'TO', 'STARTED', 'STATE', 'DOWN', 'BY', 'REASON'],
          all.map((r) => [r.runId, r.clusterId, r.to.name, when(r.startedAt), outcome(r), down(r), r.by, r.reason]),
        ),
  );
  return EXIT.ok;
}

export async function run(context: Context, id: string, o: { readonly follow: boolean }): Promise<ExitCode> {
  if (o.follow) return follow(context, id, 'any');
  const one = await runOf(context.api(), id);
  print(context, one, () => standing(one));
  return one.summary.state === 'asking' ? EXIT.asks : EXIT.ok;
}

export interface Chosen {
  readonly why?: string;
  readonly yes?: boolean;
  readonly follow: boolean;
}
async function choose(context: Context, id: string, choice: Choice, why: string | undefined): Promise<void> {
  await context.api().ask('POST /api/runs/[id]/choose', { params: { id }, input: { choice, ...(why && { why }) } });
}

async function decide(context: Context, id: string, choice: 'continue' | 'undo', wanted: RunResult, o: Chosen): Promise<ExitCode> {
  const now = await runOf(context.api(), id);
  if (!now.choices.includes(choice))
    throw new Stop(EXIT.refused, `"${choice}" is not possible now.`, clean(standing(now).replaceAll('\n', ' ')));
  const would = choice === 'undo' ? ['It will:', ...now.undoWould.map((m) => `  ${say(m)}`)] : [];
  context.terminal.note([standing(now), ...would].join('\n'));
  await confirm(context, o.yes, choice === 'undo' ? 'Undo?' : 'Continue?');
  await choose(context, id, choice, o.why);
  return o.follow ? follow(context, id, wanted) : EXIT.ok;
}
export const resume = (context: Context, id: string, o: Chosen): Promise<ExitCode> => decide(context, id, 'continue', 'succeeded', o);
export const undo = (context: Context, id: string, o: Chosen): Promise<ExitCode> => decide(context, id, 'undo', 'undone', o);

/** Takes over by hand and prints what remains; with `--done` says that it is finished. */
export async function byHand(context: Context, id: string, o: Omit<Chosen, 'follow'> & { readonly done?: boolean }): Promise<ExitCode> {
  const api = context.api();
  let now = await runOf(api, id);
  const choice = o.done ? 'done-by-hand' : 'by-hand';
  const already = !o.done && now.summary.mode === 'by-hand';
  if (!already) {
    if (!now.choices.includes(choice))
      throw new Stop(EXIT.refused, `"${choice}" is not possible now.`, clean(standing(now).replaceAll('\n', ' ')));
    const text = o.done
      ? 'Is exactly one Controller alive, and the run finished by hand?'
      : 'Handover will do nothing more in this run. Take over by hand?';
    await confirm(context, o.yes, text);
    await choose(context, id, choice, o.why);
    if (o.done) return follow(context, id, 'by-hand');
    now = await runOf(api, id);
  }
  print(context, now.remaining, () =>
    [
      'What remains, to be done by hand:',
      ...now.remaining.flatMap((r) => ['', `# ${say(r.title)}`, ...r.commands.map((c) => c)]),
      '',
      `Then: handover by-hand ${id} --done`,
    ].join('\n'),
  );
  return EXIT.ok;
}

export async function report(context: Context, id: string): Promise<ExitCode> {
  const api = context.api();
  if (context.json) context.terminal.out(JSON.stringify(await api.ask('GET /api/runs/[id]/report.json', { params: { id } }), null, 2));
  else context.terminal.out(await api.text('GET /api/runs/[id]/report.md', { params: { id } }));
  return EXIT.ok;
}
