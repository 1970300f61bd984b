'use client';
import { useEffect, useSyncExternalStore } from 'react';
import type { Catalogue } from '@/lib/domain/text/message';
import { catalogue, isKnown, loadTexts, onTexts, wasKnown } from './catalogue';

/** The catalogue once it knows `key`; undefined while it is still fetched. */
export function useCatalogue(key: string): Catalogue | undefined {
  const missing = !useSyncExternalStore(
    onTexts,
    () => isKnown(key),
    () => wasKnown(key),
  );
  useEffect(() => {
    if (missing) void loadTexts();
  }, [missing]);
  return missing ? undefined : catalogue;
}
