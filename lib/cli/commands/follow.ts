/** Follows a run until it ends or asks. The run needs nobody who follows it: it lives in the server. */
import { setTimeout as delay } from 'node:timers/promises';
import type { RunAnswer, RunLogLine } from '../../contract/runs';
import type { RunResult } from '../../domain/switchover/events';
import type { Api } from '../api';
import { EXIT, type ExitCode, Stop } from '../exit';
import type { Context } from '../terminal';
import { clean, lasting, say, size, when } from '../words';

const AGAIN_MS = 300;
/** A Handover that restarts is waited for this long. */
const LOST_MS = 60_000;

export const runOf = async (api: Api, id: string): Promise<RunAnswer> =>
  (await api.ask('GET /api/runs/[id]', { params: { id } })) as RunAnswer;

/** `wanted`: how the run has to end for exit code 0. */
export async function follow(context: Context, runId: string, wanted: RunResult | 'any'): Promise<ExitCode> {
  const { terminal, json } = context;
  const tell = (text: string): void => (json ? terminal.note(text) : terminal.out(text));
  let told = 0;
  let copy = '';
  let lostAt: number | undefined;
  for (;;) {
    let run: RunAnswer;
    try {
      run = await runOf(context.api(), runId);
    } catch (e) {
      if (!(e instanceof Stop) || !e.passing || told === 0) throw e;
      if (lostAt === undefined) tell('Handover does not answer. What it does in the run may go on; asking again …');
      lostAt ??= Date.now();
      if (Date.now() - lostAt > LOST_MS) throw e;
      await delay(1_000);
      continue;
    }
    lostAt = undefined;
    const lines = [...run.log].reverse();
    for (const line of lines.slice(told)) tell(logLine(run, line));
    told = lines.length;
    const now = run.progress ? Math.floor((run.progress.doneBytes / Math.max(1, run.progress.totalBytes)) * 10) : -1;
    if (run.progress && `${run.progress.step}${now}` !== copy) {
      copy = `${run.progress.step}${now}`;
      tell(`          ${size(run.progress.doneBytes)} of ${size(run.progress.totalBytes)}, ${size(run.progress.bytesPerSecond)}/s`);
    }
    if (run.summary.state !== 'working') return ended(context, run, wanted);
    await delay(AGAIN_MS);
  }
}

function logLine(run: RunAnswer, line: RunLogLine): string {
  const step = line.step && run.steps.find((s) => s.step === line.step);
  const of = step ? ` ${line.way === 'undo' ? 'undo ' : ''}${step.number}/${run.summary.of} ${say(step.title)}:` : '';
  return `${when(line.at)} ${of} ${say(line.text)}`.replace(/ {2,}/g, ' ');
}

function ended(context: Context, run: RunAnswer, wanted: RunResult | 'any'): ExitCode {
  const { summary } = run;
  if (context.json) context.terminal.out(JSON.stringify(run, null, 2));
  else context.terminal.out(`\n${standing(run)}`);
  if (summary.state === 'asking') return EXIT.asks;
  return wanted === 'any' || summary.result === wanted ? EXIT.ok : EXIT.failed;
}

const RESULT: Record<RunResult, string> = {
  succeeded: 'succeeded',
  undone: 'is undone: everything is as before',
  'by-hand': 'was finished by hand',
};

/** Where a run stands, in some lines. */
export function standing(run: RunAnswer): string {
  const { summary: s, report } = run;
  const id = s.runId;
  if (s.state === 'ended' && s.result)
    return `Run ${id} ${RESULT[s.result]}.${report.downMs === undefined ? '' : ` Nobody worked for ${lasting(report.downMs)}.`} Report: handover report ${id}${s.left?.includes('tell-joc') ? '\nLeft to do: JOC Cockpit does not follow yet. Let it follow on the page of the cluster.' : ''}`;
  if (s.state === 'working') return `Run ${id} is in step ${s.number} of ${s.of}. Follow it: handover run ${id}`;
  const ways: Record<string, string> = {
    continue: `handover resume ${id}`,
    undo: `handover undo ${id}`,
    'by-hand': `handover by-hand ${id}`,
    'done-by-hand': `handover by-hand ${id} --done`,
  };
  const names = { source: s.from.slot === 'primary' ? 'Primary' : 'Secondary', target: s.to.slot === 'primary' ? 'Primary' : 'Secondary' };
  const problem = run.steps.find((step) => step.step === s.step)?.problem;
  const odd = run.compared.filter((c) => c.verdict !== 'same');
  return [
    `Run ${id} waits for you at step ${s.number} of ${s.of}.${s.stopped ? ` ${say({ key: `run.stopped.${s.stopped.reason}`, params: names })}` : ''}`,
    ...(problem ? [clean(`${problem.message} ${problem.remedy ?? ''}`.trim())] : []),
    ...(s.downSince === undefined ? [] : [`Nobody works since ${when(s.downSince)}.`]),
    ...(run.compared.length === 0
      ? []
      : odd.length === 0
        ? ['The world is as planned.']
        : ['Not as planned:', ...odd.map((c) => `  ${say(c.title)}: planned ${say(c.planned)}, seen ${say(c.seen)}`)]),
    ...(run.whyRecommended.length > 0 ? [run.whyRecommended.map(say).join(' ')] : []),
    'What you can choose:',
    ...run.choices.map((c) => `  ${ways[c]}${c === run.recommended ? '   (recommended)' : ''}`),
  ].join('\n');
}
