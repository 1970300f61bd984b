'use client';
import { useSyncExternalStore } from 'react';
import { atFirst, type LiveState, liveState } from './live-state';

/** State of the page's one connection to Handover. */
export function useLive(): LiveState {
  return useSyncExternalStore(liveState.subscribe, liveState.get, () => atFirst);
}
