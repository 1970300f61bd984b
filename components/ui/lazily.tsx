'use client';
import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';

/** A component that is fetched when it is first shown: dialogs, drawers, and what only some visitors see. Meanwhile `meanwhile` stands there, else nothing. */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>, meanwhile: ReactNode = null): (props: P) => ReactNode {
  const Loaded = lazy(async () => ({ default: await load() }));
  return (props) => (
    <Suspense fallback={meanwhile}>
      <Loaded {...props} />
    </Suspense>
  );
}
