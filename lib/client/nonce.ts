/**
 * Radix locks scrolling with a style element that it makes in the browser (react-remove-scroll, get-nonce): under our Content-Security-Policy
 * it needs the page's nonce, which get-nonce reads from this global.
 */
if (typeof document !== 'undefined') {
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;
  if (nonce) (globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = nonce;
}

export {};
