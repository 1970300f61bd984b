'use client';
import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';

/** A component that is fetched when it is first shown: dialogs, drawers, and what only some visitors see. Nothing stands there meanwhile. */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): (props: P) => ReactNode {
  const Loaded = lazy(async () => ({ default: await load() }));
  return (props) => (
    <Suspense fallback={null}>
      <Loaded {...props} />
    </Suspense>
  );
}
