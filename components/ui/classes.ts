import { type ClassValue, clsx } from 'clsx';

/**
 * Joins class names. It does not resolve contradictions (tailwind-merge would, for 8 kB at every first visit): give one class per property,
 * or mark the stronger one with `!`.
 */
export const cn = (...classes: ClassValue[]): string => clsx(classes);
