import { ui } from '@/lib/domain/text/en/ui';
import { uiHelp } from '@/lib/domain/text/en/ui-help';
import { texts } from './texts';

/** For the help page. */
export const { t } = texts({ ...ui, ...uiHelp });
