'use client';
import { useSyncExternalStore } from 'react';

/** What was chosen; `system` follows the device. Kept in this browser. */
export type Theme = 'system' | 'light' | 'dark';
const KEY = 'theme';
const DARK = '(prefers-color-scheme: dark)';
const listeners = new Set<() => void>();

function stored(): Theme {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system'; // storage is forbidden
  }
}

function apply(): void {
  const theme = stored();
  document.documentElement.dataset.theme = theme === 'system' ? (matchMedia(DARK).matches ? 'dark' : 'light') : theme;
}

export function setTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Then it holds for this page only as the device says.
  }
  apply();
  for (const listener of listeners) listener();
}

/** Follows the device, and other tabs, as long as a page stands. Returns how to stop. */
export function followTheme(): () => void {
  const device = matchMedia(DARK);
  const changed = (): void => {
    apply();
    for (const listener of listeners) listener();
  };
  device.addEventListener('change', changed);
  window.addEventListener('storage', changed);
  return () => {
    device.removeEventListener('change', changed);
    window.removeEventListener('storage', changed);
  };
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const useTheme = (): Theme => useSyncExternalStore(subscribe, stored, () => 'system');
