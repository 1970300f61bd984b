import { clusterTexts } from '@/lib/domain/text/en/cluster';
import type { Catalogue } from '@/lib/domain/text/message';

/** The texts of every badge, role, status and line: the page shows them all, whatever the clusters just say. The server sends them along. */
export const STATES_TEXTS: Catalogue = Object.fromEntries(
  Object.entries(clusterTexts).filter(([key]) => /^(?:badge|role|status|link)\./.test(key)),
);
