import { ui } from '@/lib/domain/text/en/ui';
import type { Catalogue } from '@/lib/domain/text/message';

/**
 * The texts that this page knows. At first those of the frame and those that the server sent along because its first paint holds them
 * (`TextsProvider`); areas of some pages are added by these (`addTexts`); all that can be told of clusters, runs and the rehearsal follows
 * after the page has loaded, or when it is first needed (`loadTexts`). So no visit waits for the words of a split brain.
 */
const known: Record<string, string> = { ...ui };
export const catalogue: Catalogue = known;
/** Keys that came with `loadTexts` alone: the server's HTML stands without them. */
const later = new Set<string>();

const listeners = new Set<() => void>();
let complete = false;
let loading: Promise<void> | undefined;

/** At the top of a module that shows messages of an area of its own. Adding twice does nothing. */
export function addTexts(texts: Catalogue): void {
  for (const key of Object.keys(texts)) later.delete(key);
  put(texts);
}
function put(texts: Catalogue): void {
  Object.assign(known, texts);
  for (const listener of listeners) listener();
}

/** Fetches every text that a message can need, once. Where that fails the next call tries again. */
export function loadTexts(): Promise<void> {
  loading ??= import('./messages').then(
    ({ messages }) => {
      complete = true;
      for (const key of Object.keys(messages)) if (known[key] === undefined) later.add(key);
      put(messages);
    },
    () => {
      loading = undefined;
    },
  );
  return loading;
}

/** For use-catalogue.ts: calls back when there are more texts. */
export function onTexts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
/** Is the text of `key` there, or certain never to follow? */
export const isKnown = (key: string): boolean => complete || known[key] !== undefined;
/** The same for the server's HTML: a part of the page that comes alive after `loadTexts` must begin as it was sent. */
export const wasKnown = (key: string): boolean => known[key] !== undefined && !later.has(key);
