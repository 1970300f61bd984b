import type { Slot } from './cluster';

/** JS7's fixed labels of the two instances; the same in every language. */
export const slotName = (slot: Slot): string => (slot === 'primary' ? 'Primary' : 'Secondary');
