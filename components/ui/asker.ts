/** Who opened a dialog, so that the focus goes back there. Radix knows it only for dialogs with a trigger; ours are opened by buttons, menus and addresses. */
let lastMenuButton: HTMLElement | null = null;

const buttonOfMenu = (inside: Element | null): HTMLElement | null => {
  const id = inside?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  return id ? document.getElementById(id) : null;
};

/** Told by a menu when an item is chosen: the menu and its item are gone when the dialog comes. */
export function askedInMenu(item: Element | null): void {
  lastMenuButton = buttonOfMenu(item);
}

/** At the moment a dialog appears: the element that asked for it. */
export function askerNow(): HTMLElement | null {
  const focused = document.activeElement;
  const inMenu = buttonOfMenu(focused);
  if (inMenu) return inMenu;
  return focused instanceof HTMLElement && focused !== document.body ? focused : lastMenuButton;
}

/** Gives the focus back; where the asking button is gone by now, to the page's content. */
export function focusBack(asker: HTMLElement | null): void {
  (asker?.isConnected === true ? asker : document.getElementById('main'))?.focus();
}
