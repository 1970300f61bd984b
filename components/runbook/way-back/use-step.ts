'use client';
import { useState } from 'react';
import { type CallFailure, call } from '@/lib/client/fetcher';
import { keys } from '@/lib/client/keys';

/** Asks for a step. Nothing is shown as done before the server has seen it: the page looks again afterwards. */
export function useStep(clusterId: string, again: () => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure>();
  async function ask(body: { step: string; typed?: string; agent?: string; said?: true; why?: string }): Promise<boolean> {
    setBusy(true);
    setFailure(undefined);
    const answer = await call('POST', keys.wayBack(clusterId, 'step'), body);
    await again();
    setBusy(false);
    if (!answer.ok) setFailure(answer.error);
    return answer.ok;
  }
  return { ask, busy, failure };
}
