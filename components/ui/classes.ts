import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

const merge = extendTailwindMerge({
  extend: {
    classGroups: {
      'font-size': [{ text: ['meta', 'data', 'body', 'section', 'verdict', 'title', 'alarm'] }],
      rounded: [{ rounded: ['s', 'm', 'l'] }],
    },
  },
});

/** Joins class names; of two that contradict each other the later wins. */
export const cn = (...classes: ClassValue[]): string => merge(clsx(classes));
