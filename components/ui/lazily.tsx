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
      return {
        default: (props: P) => (
          <>
            <Part {...props} />
            <Standing tell={arrived} />
          </>
        ),
      };
    } catch (problem) {
      arrived();
      throw problem;
    }
  });
  return memo((props: P) => (
    <Suspense fallback={meanwhile}>
      <Loaded {...props} />
    </Suspense>
  )) as unknown as ComponentType<P>;
}

/** Beside what was fetched: tells once that it stands. */
function Standing({ tell }: { readonly tell: () => void }): null {
  useEffect(tell, [tell]);
  return null;
}
