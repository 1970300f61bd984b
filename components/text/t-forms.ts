import { ui } from '@/lib/domain/text/en/ui';
import { uiForms } from '@/lib/domain/text/en/ui-forms';
import { texts } from './texts';

/** For pages with forms: their texts and the common ones. */
export const { t, counted } = texts({ ...ui, ...uiForms });
