'use client';
import useSWR from 'swr';
import type { Candidate, EngineAnswer } from '../contract/api';
import { type CallFailure, fetcher } from './fetcher';
import { keys } from './keys';
import { type Live, useTopic } from './use-topic';

export const useEngines = (): Live<readonly EngineAnswer[]> => useTopic<readonly EngineAnswer[]>(keys.engines);

/** Controllers that an engine seems to have. Asked once per mount and on `refresh()`: looking takes a second or two. */
export function useCandidates(engineId: string | undefined): {
  data?: readonly Candidate[];
  error?: CallFailure;
  isLoading: boolean;
  refresh(): void;
} {
  const { data, error, isValidating, mutate } = useSWR<readonly Candidate[], CallFailure>(
    engineId ? keys.candidates(engineId) : null,
    fetcher,
    {
      revalidateOnFocus: false,
      shouldRetryOnError: false,
    },
  );
  return { ...(data && { data }), ...(error && { error }), isLoading: isValidating, refresh: () => void mutate() };
}
