'use client';
import { useSyncExternalStore } from 'react';
import { type LiveState, liveState } from './live-state';

const onServer: LiveState = { state: 'live', since: 0, lastAt: 0 };
/** State of the page's one connection to Handover. */
export function useLive(): LiveState {
  return useSyncExternalStore(liveState.subscribe, liveState.get, () => onServer);
}
