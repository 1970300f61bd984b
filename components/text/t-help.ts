import { clusterTexts } from '@/lib/domain/text/en/cluster';
import { ui } from '@/lib/domain/text/en/ui';
import { uiHelp } from '@/lib/domain/text/en/ui-help';
import { addTexts } from './catalogue';
import { texts } from './texts';

/** The page shows every state there is. */
addTexts(clusterTexts);

/** For the help page. */
export const { t } = texts({ ...ui, ...uiHelp });
