/**
 * Joins class names; what is false, undefined or empty is left out. It does not resolve contradictions (tailwind-merge would, for 8 kB at every
 * first visit): give one class per property, or mark the stronger one with `!`.
 */
export const cn = (...classes: readonly (string | false | undefined)[]): string => classes.filter(Boolean).join(' ');
