/**
 * Runs in the page before its own scripts. Notes when server-sent events arrive, when the Primary's card changes, and when that is painted.
 * Times are epoch ms with fractions. `window.seen.events`: { at, data } as they came; `window.seen.cards`: { state, changed, painted }.
 */
export function instrument() {
  const now = () => performance.timeOrigin + performance.now();
  const seen = { events: [], cards: [] };
  window.seen = seen;
  const listen = EventSource.prototype.addEventListener;
  EventSource.prototype.addEventListener = function (name, act, ...rest) {
    return listen.call(
      this,
      name,
      (e) => {
        if (name === 'cluster' || name === 'snapshot') seen.events.push({ at: now(), data: e.data });
        act(e);
      },
      ...rest,
    );
  };
  const look = () => {
    const card = document.querySelector('article[data-slot="primary"]');
    const state = card && `${card.dataset.state} ${[...card.querySelectorAll('h3 > *')].map((badge) => badge.textContent).join(' ')}`;
    if (!state || seen.cards.at(-1)?.state === state) return;
    const entry = { state, changed: now() };
    seen.cards.push(entry);
    // The frame that shows it is on its way when the task after its animation callbacks runs.
    requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => {
        entry.painted = now();
      };
      after.port2.postMessage(0);
    });
  };
  addEventListener('DOMContentLoaded', () => {
    look();
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  });
}
