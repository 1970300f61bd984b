'use client';
import { type ComponentType, lazy, memo, type ReactNode, Suspense, useEffect } from 'react';
import { onItsWay } from '@/lib/client/still';

/**
 * A component that is fetched when it is first shown: dialogs, drawers, what only some visitors see, and what the server sends whole and comes
 * alive a moment after the rest. Meanwhile `meanwhile` stands there, else nothing. It is rendered anew only when its properties change: React
 * takes away what the server sent, and is not alive yet, when it is rendered again.
 */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>, meanwhile: ReactNode = null): ComponentType<P> {
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
  const Lazily = (props: P) => (
    <Suspense fallback={meanwhile}>
      <Loaded {...props} />
    </Suspense>
  );
  return memo(Lazily) as unknown as ComponentType<P>;
}
