'use client';
import { useEffect } from 'react';
import useSWR, { useSWRConfig } from 'swr';
import type { AccountAnswer, ClusterSettingsAnswer, SessionAnswer } from '../contract/api';
import type { AccountRole, ClusterView } from '../contract/words';
import { type CallFailure, fetcher } from './fetcher';
import { keys } from './keys';

interface Loaded<T> {
  readonly data?: T;
  readonly error?: CallFailure;
  readonly isLoading: boolean;
  /** Asks again, e.g. after a change. */
  refresh(): Promise<void>;
}
const RETRY_MS = 2_000;
function useLoaded<T>(key: string | null): Loaded<T> {
  const { data, error, isLoading, mutate } = useSWR<T, CallFailure>(key, fetcher, {
    revalidateOnFocus: false,
    // A refusal stays one; what never arrived (a network that came and went) may arrive the next time.
    shouldRetryOnError: (failure: CallFailure) => failure.status === 0,
    errorRetryInterval: RETRY_MS,
  });
  return { isLoading, refresh: async () => void (await mutate()), ...(data !== undefined && { data }), ...(error && { error }) };
}

const rank: Record<AccountRole, number> = { viewer: 0, operator: 1, admin: 2 };

/** Who is logged in. `may` hides what would be refused anyway; the server decides. */
export function useSession(): Loaded<SessionAnswer> & { may(role: AccountRole): boolean } {
  const loaded = useLoaded<SessionAnswer>(keys.session);
  const has = loaded.data?.account.role;
  return { ...loaded, may: (role) => has !== undefined && rank[has] >= rank[role] };
}

/** Admins only. */
export const useAccounts = (): Loaded<readonly AccountAnswer[]> => useLoaded<readonly AccountAnswer[]>(keys.accounts);

/** The saved settings of a cluster, for the edit form. A form begins with what it gets first, so nothing is kept from an earlier visit: it would undo what was saved since. */
export function useClusterSettings(id: string | undefined): Loaded<{ view?: ClusterView; settings: ClusterSettingsAnswer }> {
  const key = id ? keys.cluster(id) : null;
  const { mutate } = useSWRConfig();
  useEffect(() => () => void (key && mutate(key, undefined, { revalidate: false })), [key, mutate]);
  return useLoaded<{ view?: ClusterView; settings: ClusterSettingsAnswer }>(key);
}
