import { uiError } from '@/lib/domain/text/en/ui-error';
import { texts } from './texts';

/** For what stands where a page should be. */
export const { t } = texts(uiError);
