'use client';
import { type ReactNode, useEffect, useState } from 'react';
import type { Catalogue } from '@/lib/domain/text/message';
import { addTexts, loadTexts } from './catalogue';

/** Makes the texts of the first paint known before anything is shown, and fetches the others when the page has loaded. */
export function TextsProvider({ texts, children }: { texts: Catalogue; children: ReactNode }) {
  useState(() => addTexts(texts));
  useEffect(() => {
    if (document.readyState === 'complete') return void loadTexts();
    const load = (): void => void loadTexts();
    window.addEventListener('load', load, { once: true });
    return () => window.removeEventListener('load', load);
  }, []);
  return children;
}
