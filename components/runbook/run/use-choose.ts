'use client';
import { useState } from 'react';
import { type CallFailure, call } from '@/lib/client/fetcher';
import { keys } from '@/lib/client/keys';
import type { Choice } from '@/lib/domain/switchover/events';

/** A person's decision about a run. Nothing is shown as done before the server has it: the page asks anew afterwards. */
export function useChoose(runId: string, onChosen: () => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure>();
  async function choose(choice: Choice, why: string): Promise<boolean> {
    setBusy(true);
    setFailure(undefined);
    const reason = why.trim();
    const answer = await call('POST', keys.choose(runId), { choice, ...(reason && { why: reason }) });
    await onChosen();
    setBusy(false);
    if (!answer.ok) setFailure(answer.error);
    return answer.ok;
  }
  return { choose, busy, failure };
}
