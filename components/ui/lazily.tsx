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
      const Part = await patiently(load);
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

/** While Handover is away (it is restarted, say) a part cannot be fetched: it is tried again for a minute. The bundler keeps no failed try. */
async function patiently<T>(load: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await load();
    } catch (problem) {
      if (typeof window === 'undefined' || tries >= TRIES) throw problem;
      await new Promise((later) => setTimeout(later, AGAIN_MS));
    }
  }
}
const TRIES = 30;
const AGAIN_MS = 2000;

/** Beside what was fetched: tells once that it stands. */
function Standing({ tell }: { readonly tell: () => void }): null {
  useEffect(tell, [tell]);
  return null;
}
