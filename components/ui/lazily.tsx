'use client';
import { type ComponentType, lazy, type ReactNode, Suspense, useEffect } from 'react';
import { onItsWay } from '@/lib/client/still';

/**
 * A component that is fetched when it is first shown: dialogs, drawers, what only some visitors see, and what the server sends whole and comes
 * alive a moment after the rest. Meanwhile `meanwhile` stands there, else nothing.
 */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>, meanwhile: ReactNode = null): (props: P) => ReactNode {
  const Loaded = lazy(async () => {
    const arrived = typeof window === 'undefined' ? () => {} : onItsWay();
    try {
      const Part = await load();
      const Standing = (props: P) => {
        useEffect(arrived, []);
        return <Part {...props} />;
      };
      return { default: Standing };
    } catch (problem) {
      arrived();
      throw problem;
    }
  });
  return (props) => (
    <Suspense fallback={meanwhile}>
      <Loaded {...props} />
    </Suspense>
  );
}
