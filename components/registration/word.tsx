'use client';
import type { ReactNode } from 'react';
import { Alert } from '../ui/alert';

/** The checkboxes by which a person gives a word, so that the button can lead there. */
export const WORD_ID = {
  interrupt: 'reg-interrupt',
  licence: 'reg-licence',
  passwords: 'reg-passwords',
  spelling: 'reg-spelling',
} as const;

/** What only a person can know or allow: what it is about, and the word. */
export function Word({
  id,
  title,
  word,
  given,
  onGive,
  children,
}: {
  id: string;
  title: string;
  word: ReactNode;
  given: boolean;
  onGive: (given: boolean) => void;
  children: ReactNode;
}) {
  return (
    <Alert tone="warn" title={title} className="text-data">
      <p>{children}</p>
      <label className="mt-2 flex items-start gap-2.5 min-h-6 max-tab:min-h-11 max-tab:items-center">
        <input
          type="checkbox"
          id={id}
          className="size-4 mt-0.5 flex-none accent-(--accent-fill)"
          checked={given}
          onChange={(e) => onGive(e.target.checked)}
        />
        <b>{word}</b>
      </label>
    </Alert>
  );
}
