import 'server-only';
import { createHash, randomInt, timingSafeEqual } from 'node:crypto';

/** Without letters and digits that are read for one another. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const TRIES = 10;

export interface FirstRun {
  /** Right code? Every wrong one counts; after ten there is a new code, told to `announce`. */
  accepts(code: string): boolean;
  /** Used up: nothing is accepted any more. */
  close(): void;
  /** A new code is announced and counts. */
  renew(): void;
}

const normal = (code: string) => code.toUpperCase().replace(/[^A-Z0-9]/g, '');
const hash = (code: string) => createHash('sha256').update(normal(code)).digest();
const newCode = () =>
  Array.from({ length: 3 }, () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')).join('-');

/** The one-time code for the first account. Only its hash is kept, only in memory; `announce` prints it where the person who started Handover sees it. Closed at first: `renew` opens it. */
export function createFirstRun(announce: (code: string) => void): FirstRun {
  let expected: Buffer | undefined;
  let left = 0;
  const renew = () => {
    const code = newCode();
    expected = hash(code);
    left = TRIES;
    announce(code);
  };
  return {
    renew,
    accepts(code) {
      if (!expected) return false;
      if (timingSafeEqual(hash(code), expected)) return true;
      left -= 1;
      if (left === 0) renew();
      return false;
    },
    close() {
      expected = undefined;
    },
  };
}
