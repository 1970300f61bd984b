'use client';
import { type ReactNode, useEffect } from 'react';
import { followTheme } from './theme';

/** The same as `apply` in theme.ts, before anything is painted. */
const SCRIPT = `try{var t=localStorage.getItem('theme')}catch(e){}document.documentElement.dataset.theme=t==='light'||t==='dark'?t:matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light'`;

/** Light, dark or as the system says; set before the first paint by a script that carries the page's nonce. */
export function ThemeProvider({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  useEffect(followTheme, []);
  return (
    <>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours */}
      <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: SCRIPT }} />
      {children}
    </>
  );
}
