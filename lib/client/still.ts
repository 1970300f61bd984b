/**
 * When the page stands still. Parts whose code is fetched on demand (components/ui/lazily.tsx) come in the server's HTML and come alive one by
 * one; news in between would make React take them away and put them back. So the stream opens when all of them stand.
 */
const waits = new Set<Promise<void>>();
/** A part that never comes alive (it was taken off the page meanwhile) holds nobody up for longer. */
const LONGEST_MS = 5_000;

/** One more part is on its way; call the answer when it stands. */
export function onItsWay(): () => void {
  let arrive = (): void => {};
  const wait = new Promise<void>((resolve) => {
    const limit = setTimeout(resolve, LONGEST_MS);
    arrive = () => {
      clearTimeout(limit);
      resolve();
    };
  });
  waits.add(wait);
  void wait.then(() => waits.delete(wait));
  return arrive;
}

/** A pause of the browser: what React had to do before it has been done. Safari knows no idle time. */
const idle = (): Promise<unknown> =>
  new Promise((resolve) =>
    window.requestIdleCallback ? window.requestIdleCallback(resolve, { timeout: 1_000 }) : setTimeout(resolve, 100),
  );

/** Resolves when the page has loaded and come alive, and every part stands that was on its way by then. */
export async function standsStill(): Promise<void> {
  if (document.readyState !== 'complete') await new Promise((resolve) => window.addEventListener('load', resolve, { once: true }));
  do {
    await Promise.all(waits);
    await idle();
  } while (waits.size > 0);
}
