'use client';
import { useEffect, useState } from 'react';
import useSWR from 'swr';
import type {
  FollowInput,
  JocAnswer,
  RegisterAnswer,
  RegisterDraft,
  RegisterInput,
  UnregisterInput,
  UrlTestAnswer,
  UrlTestInput,
} from '../contract/joc';
import { type CallFailure, type CallResult, call, fetcher } from './fetcher';
import { keys } from './keys';
import { useLive } from './use-live';
import { type Live, useTopic, withStaleness } from './use-topic';

/** The JOC Cockpits that Handover is connected to, live. */
export const useJocs = (): Live<readonly JocAnswer[]> => useTopic<readonly JocAnswer[]>(keys.jocs);

/** JOC gives a change up to 30 s, and afterwards it takes a moment until its proxy follows. */
const PATIENCE_MS = 120_000;
/** A test asks four places, each with a few seconds. */
const TEST_MS = 60_000;

export const testUrl = (clusterId: string, input: UrlTestInput): Promise<CallResult<UrlTestAnswer>> =>
  call<UrlTestAnswer>('POST', keys.registrationTest(clusterId), input, { timeoutMs: TEST_MS });
export const register = (clusterId: string, input: RegisterInput): Promise<CallResult<RegisterAnswer>> =>
  call<RegisterAnswer>('POST', keys.registration(clusterId), input, { timeoutMs: PATIENCE_MS });
export const unregister = (clusterId: string, input: UnregisterInput): Promise<CallResult<void>> =>
  call('DELETE', keys.registration(clusterId), input, { timeoutMs: PATIENCE_MS });

/** What the registration page needs. JOC, engines and Controllers are asked once per visit and on `refresh`; where JOC is chosen by hand, `jocId` names it. */
export function useRegistration(
  clusterId: string,
  jocId?: string,
): Live<RegisterDraft> & { readonly busy: boolean; refresh(): Promise<void> } {
  const key = `${keys.registration(clusterId)}${jocId === undefined ? '' : `?jocId=${encodeURIComponent(jocId)}`}`;
  const { data, error, isValidating, mutate } = useSWR<RegisterDraft, CallFailure>(key, fetcher, {
    revalidateOnFocus: false,
    revalidateIfStale: true,
    shouldRetryOnError: false,
  });
  // It is asked anew when a connection comes, goes, or may do something else: else the page would keep a silence that has ended.
  const jocs = useJocs().data;
  const now = jocs
    ?.map((joc) => [joc.id, joc.url, joc.user, joc.state === 'down', joc.facts?.active, joc.facts?.mayManage].join(' '))
    .join('|');
  const [seen, setSeen] = useState(now);
  useEffect(() => {
    if (now === seen) return;
    setSeen(now);
    if (seen !== undefined) void mutate();
  }, [now, seen, mutate]);
  return { ...withStaleness(data, error, useLive()), busy: isValidating, refresh: async () => void (await mutate()) };
}

/** One click: JOC follows the live Controller. */
export function useFollow(clusterId: string): {
  readonly busy: boolean;
  readonly answer?: RegisterAnswer;
  readonly failure?: CallFailure;
  go(input?: FollowInput): Promise<void>;
} {
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<CallResult<RegisterAnswer>>();
  return {
    busy,
    ...(result?.ok === true && { answer: result.value }),
    ...(result?.ok === false && { failure: result.error }),
    async go(input = {}) {
      if (busy) return;
      setBusy(true);
      setResult(undefined);
      setResult(await call<RegisterAnswer>('POST', keys.follow(clusterId), input, { timeoutMs: PATIENCE_MS }));
      setBusy(false);
    },
  };
}
