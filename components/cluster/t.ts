import type { ui } from '@/lib/domain/text/en/ui';
import { uiCluster } from '@/lib/domain/text/en/ui-cluster';
import { area } from '../text/area';
import type { Plain } from '../text/texts';

/** Texts without parameters. */
export type PlainKey = Plain<typeof ui & typeof uiCluster>;

/** For a cluster's own page. */
export const { t, m } = area(uiCluster);
