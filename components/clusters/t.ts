import { uiClusters } from '@/lib/domain/text/en/ui-clusters';
import { area } from '../text/area';

export type ListKey = keyof typeof uiClusters;

/** For the list of clusters. */
export const { t, counted } = area(uiClusters);
