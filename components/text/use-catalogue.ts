'use client';
import { useEffect, useSyncExternalStore } from 'react';
import type { Catalogue } from '@/lib/domain/text/message';
import { catalogue, isComplete, loadTexts, onTexts, textsVersion } from './catalogue';

/** The catalogue once it knows `key`; undefined while it is still fetched. */
export function useCatalogue(key: string): Catalogue | undefined {
  useSyncExternalStore(onTexts, textsVersion, textsVersion);
  const missing = catalogue[key] === undefined && !isComplete();
  useEffect(() => {
    if (missing) void loadTexts();
  }, [missing]);
  return missing ? undefined : catalogue;
}
