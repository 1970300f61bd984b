import 'server-only';
import type { z } from 'zod';
import type { ChooseInput, RunAnswer, RunSummary, RunsQuery } from '../../contract/runs';
import { problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import { choices } from '../../domain/switchover/decide';
import type { RunEvent } from '../../domain/switchover/events';
import { type Report, reportOf } from '../../domain/switchover/report';
import { reportMarkdown } from '../../domain/switchover/report-markdown';
import { foldRun } from '../../domain/switchover/state';
import type { Download } from '../download';
import type { Runtime } from '../runtime';
import { runAnswer } from './answers';
import { imagesOf } from './images';
import { wording } from './wording';

function eventsOf({ store }: Pick<Runtime, 'store'>, runId: string): Result<readonly RunEvent[]> {
  const events = store.runs.events(runId);
  return events.length > 0 ? ok(events) : err(problem('NOT_FOUND', `There is no run ${runId}.`));
}

export const runList = ({ runs }: Pick<Runtime, 'runs'>, { clusterId, limit }: z.output<typeof RunsQuery>): readonly RunSummary[] =>
  runs.summaries({ limit, ...(clusterId !== undefined && { clusterId }) });

/** A run as its page shows it. Of an open one the world is looked at; of one that has ended what was written down says all. */
export async function runOf(runtime: Runtime, runId: string): Promise<Result<RunAnswer>> {
  const known = eventsOf(runtime, runId);
  if (!known.ok) return known;
  const state = foldRun(known.value);
  const seen = state.phase === 'ended' ? undefined : await runtime.runs.look.of(state);
  // What was written meanwhile belongs to what is told now.
  const events = runtime.store.runs.events(runId);
  const now = foldRun(events);
  const looked = seen && { ...seen, choices: choices(now, seen.world) };
  const name = runtime.store.clusters.get(now.plan.clusterId)?.name ?? now.plan.clusterId;
  const engine = (id: string) => runtime.engines.get(id)?.name ?? id;
  return ok(runAnswer(events, now, name, imagesOf(runtime, now.plan), engine, looked, runtime.runs.progress(runId)));
}

export async function chooseIn(
  runtime: Runtime,
  runId: string,
  { choice, why }: z.output<typeof ChooseInput>,
  who: string,
): Promise<Result<void>> {
  const known = eventsOf(runtime, runId);
  if (!known.ok) return known;
  return runtime.runs.runner.choose(runId, choice, { who, ...(why && { why }) });
}

export function reportJson(runtime: Pick<Runtime, 'store'>, runId: string): Result<Report> {
  const events = eventsOf(runtime, runId);
  return events.ok ? ok(reportOf(events.value)) : events;
}

export function reportDocument(runtime: Pick<Runtime, 'store' | 'clock'>, runId: string): Result<Download> {
  const report = reportJson(runtime, runId);
  if (!report.ok) return report;
  return ok({ download: 'text/markdown', fileName: `run-${runId}.md`, text: reportMarkdown(report.value, wording(runtime.clock.now())) });
}
