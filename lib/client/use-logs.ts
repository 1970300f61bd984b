'use client';
import { useEffect, useState } from 'react';
import type { LogLineAnswer } from '../contract/api';
import type { Problem, Slot } from '../contract/words';
import { keys } from './keys';

export interface Logs {
  readonly lines: readonly (LogLineAnswer & { readonly n: number })[];
  /** open: lines may still come. ended: the log is complete (container stopped, or without follow). lost: the connection broke; reconnects by itself. */
  readonly state: 'connecting' | 'open' | 'ended' | 'lost' | 'failed';
  readonly error?: Problem;
}
const KEEP = 5_000;
const start: Logs = { lines: [], state: 'connecting' };

/** The container log of an instance, as long as the component is mounted and `on`. Keeps the last 5 000 lines. */
export function useLogs(clusterId: string, slot: Slot, o: { tail?: number; follow?: boolean; on?: boolean } = {}): Logs {
  const { tail = 500, follow = true, on = true } = o;
  const [logs, setLogs] = useState<Logs>(start);
  useEffect(() => {
    if (!on) return;
    setLogs(start);
    const source = new EventSource(`${keys.logs(clusterId, slot)}?tail=${tail}&follow=${follow}`);
    let n = 0;
    source.onopen = () => {
      // A reconnect starts the tail anew: keeping the old lines would show them twice.
      n = 0;
      setLogs({ lines: [], state: 'open' });
    };
    source.addEventListener('lines', (e) => {
      const fresh = (JSON.parse(e.data) as LogLineAnswer[]).map((line) => ({ ...line, n: n++ }));
      setLogs((was) => ({ ...was, lines: [...was.lines, ...fresh].slice(-KEEP) }));
    });
    source.addEventListener('end', (e) => {
      const problem = (JSON.parse(e.data) as { problem?: Problem }).problem;
      setLogs((was) => ({ lines: was.lines, state: problem ? 'failed' : 'ended', ...(problem && { error: problem }) }));
      source.close();
    });
    source.onerror = () => setLogs((was) => ({ ...was, state: source.readyState === EventSource.CLOSED ? 'failed' : 'lost' }));
    return () => source.close();
  }, [clusterId, slot, tail, follow, on]);
  return logs;
}
