'use client';
import { useEffect, useState } from 'react';
import useSWR, { useSWRConfig } from 'swr';
import type { CheckAgainAnswer, CopyProgress, JournalsAnswer, PrepareAnswer, RetiredAnswer, RunAnswer, RunSummary } from '../contract/runs';
import type { WayAnswer } from '../contract/way-back';
import type { Slot } from '../contract/words';
import { type CallFailure, type CallResult, call, fetcher } from './fetcher';
import { keys } from './keys';
import { useLive } from './use-live';
import { type Live, useTopic, withStaleness } from './use-topic';

/** An answer that is asked for. `busy` = it is being asked for now, also where an older answer is still shown. */
export interface Asked<T> extends Live<T> {
  readonly busy: boolean;
  refresh(): Promise<void>;
}
function useAsked<T>(key: string | null, every?: (latest: T | undefined) => number): Asked<T> {
  const { data, error, isValidating, mutate } = useSWR<T, CallFailure>(key, fetcher, {
    revalidateOnFocus: false,
    shouldRetryOnError: false,
    ...(every && { refreshInterval: every }),
  });
  return { ...withStaleness(data, error, useLive()), busy: isValidating, refresh: async () => void (await mutate()) };
}

/** Open runs and the last ones, live. */
export const useRuns = (): Live<readonly RunSummary[]> => useTopic<readonly RunSummary[]>(keys.runs);

/** Changes exactly when something of it that a page shows has changed; bytes and clocks are no part of it. */
const runSignature = (s: RunSummary | undefined): string => (s ? [s.state, s.mode, s.step, s.result, s.stopped?.reason].join(' ') : '');

/** The history of runs, newest first; what the stream tells since wins over the list. */
export function useRunList(): Asked<readonly RunSummary[]> {
  const live = useRuns().data;
  const list = useAsked<readonly RunSummary[]>(`${keys.runList}?limit=500`);
  const signature = live?.map((s) => `${s.runId} ${runSignature(s)}`).join('|') ?? '';
  useAgain(signature, list.refresh);
  const byId = new Map(live?.map((s) => [s.runId, s]));
  return { ...list, ...(list.data && { data: list.data.map((s) => byId.get(s.runId) ?? s) }) };
}

const WORKING_MS = 2_000;
const ASKING_MS = 5_000;
/** One run with a look at the world: asked again when the stream tells of a change, every 2 s while it works and every 5 s while it waits for a person. */
export function useRun(runId: string): Asked<RunAnswer> & { readonly progress?: CopyProgress } {
  const run = useAsked<RunAnswer>(keys.run(runId), (latest) =>
    latest?.summary.state === 'working' ? WORKING_MS : latest?.summary.state === 'asking' ? ASKING_MS : 0,
  );
  const live = useRuns().data?.find((s) => s.runId === runId);
  useAgain(runSignature(live), run.refresh);
  const told = useTopic<{ runId: string; progress: CopyProgress }>(keys['run-progress']).data;
  const progress = told?.runId === runId ? told.progress : run.data?.progress;
  return { ...run, ...(progress && { progress }) };
}

/** Calls `again` whenever the signature changes, not on the first render. */
function useAgain(signature: string, again: () => Promise<void>): void {
  const [seen, setSeen] = useState(signature);
  useEffect(() => {
    if (signature === seen) return;
    setSeen(signature);
    void again();
  }, [signature, seen, again]);
}

export interface Prepared extends Asked<PrepareAnswer> {
  /** Measures one check or a group again; `merge` puts what came into the answer that is shown. */
  again(only: string, merge: (was: PrepareAnswer, got: CheckAgainAnswer) => PrepareAnswer): Promise<CallResult<CheckAgainAnswer>>;
}
/** Pre-flight checks and plan. Measuring touches the engines, so it is done once per visit, on `refresh`, and in part by `again`. */
export function usePrepare(clusterId: string, from?: Slot): Prepared {
  const key = keys.prepare(clusterId, from);
  const asked = useAsked<PrepareAnswer>(key);
  const { mutate } = useSWRConfig();
  return {
    ...asked,
    async again(only, merge) {
      const got = await call<CheckAgainAnswer>('GET', keys.checkAgain(clusterId, asked.data?.from ?? from ?? 'primary', only));
      if (got.ok) await mutate<PrepareAnswer>(key, (was) => was && merge(was, got.value), { revalidate: false });
      return got;
    },
  };
}

/** What this visit has measured already, without measuring: for pages that only tell of it. */
export const useMeasured = (clusterId: string): PrepareAnswer | undefined => useSWR<PrepareAnswer>(keys.prepare(clusterId), null).data;

const WAY_WORKS_MS = 1_000;
const WAY_WAITS_MS = 4_000;
/** The way back of a cluster: looked at anew every second while a step is done, every 4 s while it waits. */
export const useWayBack = (clusterId: string): Asked<WayAnswer> =>
  useAsked<WayAnswer>(keys.wayBack(clusterId), (latest) =>
    latest?.kind !== 'way' || latest.ended !== undefined ? 0 : latest.working ? WAY_WORKS_MS : WAY_WAITS_MS,
  );

export const useJournals = (clusterId: string): Asked<JournalsAnswer> => useAsked<JournalsAnswer>(keys.journals(clusterId));

export const useRetired = (): Asked<readonly RetiredAnswer[]> => useAsked<readonly RetiredAnswer[]>(keys.retired);
