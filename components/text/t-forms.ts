import { ui } from '@/lib/domain/text/en/ui';
import { uiForms } from '@/lib/domain/text/en/ui-forms';
import { uiLater } from '@/lib/domain/text/en/ui-later';
import { texts } from './texts';

/** For pages with forms: their texts and the common ones. */
export const { t, counted } = texts({ ...ui, ...uiLater, ...uiForms });
