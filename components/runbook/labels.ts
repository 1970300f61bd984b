import type { Slot } from '@/lib/domain/cluster/cluster';
import { t } from './t-both';

export const slotName = (slot: Slot): string => t(slot === 'primary' ? 'ui.slot.primary' : 'ui.slot.secondary');

/** `{source}` and `{target}` of the runbook's texts. */
export const sideNames = (of: { readonly from: { readonly slot: Slot }; readonly to: { readonly slot: Slot } }) => ({
  source: slotName(of.from.slot),
  target: slotName(of.to.slot),
});

/** A plan's hash as people compare it. */
export const shortHash = (hash: string): string => hash.slice(0, 8);
/** The last part of a path. */
export const folderName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
