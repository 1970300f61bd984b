'use client';
import { useEffect, useState } from 'react';
import useSWR from 'swr';
import type { SetupAnswer, SetupInput, SetupOptions, SetupPlanAnswer } from '../contract/setup';
import { type CallFailure, type CallResult, call, fetcher } from './fetcher';
import { keys } from './keys';
import { useLive } from './use-live';
import { type Live, useTopic, withStaleness } from './use-topic';

/** Open set-ups and the last 20, live, newest first. */
export const useSetups = (): Live<readonly SetupAnswer[]> => useTopic<readonly SetupAnswer[]>(keys.setups);

/** One set-up: told by the stream; an old one is asked for once (admins only). */
export function useSetup(id: string): Live<SetupAnswer> {
  const told = useSetups();
  const live = told.data?.find((s) => s.id === id);
  const old = useSWR<SetupAnswer, CallFailure>(told.data && !live ? keys.setup(id) : null, fetcher, {
    revalidateOnFocus: false,
    shouldRetryOnError: false,
  });
  return withStaleness(live ?? old.data, live ? undefined : old.error, useLive());
}

/** What can be chosen, with proposals. Engines are asked once per visit, and on `refresh`. */
export function useSetupOptions(
  clusterId: string | undefined,
  ask: boolean,
): { readonly data?: SetupOptions; readonly error?: CallFailure; readonly busy: boolean; refresh(): void } {
  const { data, error, isValidating, mutate } = useSWR<SetupOptions, CallFailure>(ask ? keys.setupOptions(clusterId) : null, fetcher, {
    revalidateOnFocus: false,
    shouldRetryOnError: false,
  });
  return { busy: isValidating, refresh: () => void mutate(), ...(data && { data }), ...(error && { error }) };
}

export interface Planned {
  /** The last answer; with `busy` it is that of what was wanted before. */
  readonly answer?: SetupPlanAnswer;
  readonly failure?: CallFailure;
  readonly busy: boolean;
  again(): void;
}
/** A person still types. */
const PAUSE_MS = 500;
/** Measuring engines and volumes. */
const PLAN_MS = 120_000;

/** The dry run of what is wanted: repeated when that changes, after a pause; an answer that is out of date by then is thrown away. */
export function usePlan(input: SetupInput | undefined): Planned {
  const wanted = input && JSON.stringify(input);
  const [nth, setNth] = useState(0);
  const [shown, setShown] = useState<{ of: string; answer?: SetupPlanAnswer; failure?: CallFailure }>();
  const asked = wanted && `${nth} ${wanted}`;
  useEffect(() => {
    if (wanted === undefined || asked === undefined) return;
    const stop = new AbortController();
    const pause = setTimeout(async () => {
      const got = await call<SetupPlanAnswer>('POST', keys.setupPlan, JSON.parse(wanted), { signal: stop.signal, timeoutMs: PLAN_MS });
      if (stop.signal.aborted) return;
      setShown((was) => (got.ok ? { of: asked, answer: got.value } : { ...was, of: asked, failure: got.error }));
    }, PAUSE_MS);
    return () => {
      clearTimeout(pause);
      stop.abort();
    };
  }, [wanted, asked]);
  const { of, ...rest } = shown ?? {};
  return { ...rest, busy: asked !== undefined && of !== asked, again: () => setNth((n) => n + 1) };
}

export const startSetup = (input: SetupInput, hash: string): Promise<CallResult<{ id: string }>> =>
  call<{ id: string }>('POST', keys.setups, { input, hash }, { timeoutMs: PLAN_MS });
export const chooseSetup = (id: string, choice: 'continue' | 'undo'): Promise<CallResult<void>> =>
  call('POST', keys.chooseSetup(id), { choice });
