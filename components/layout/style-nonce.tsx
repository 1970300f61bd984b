'use client';
import { useEffect } from 'react';

/**
 * Radix's dialogs hold the page still with a style element; the library that makes it (get-nonce) takes the nonce from this global.
 * Without it the browser refuses the element, as the page's policy says.
 */
export function StyleNonce({ nonce }: { nonce: string | undefined }) {
  useEffect(() => {
    Object.assign(globalThis, { __webpack_nonce__: nonce });
  }, [nonce]);
  return null;
}
